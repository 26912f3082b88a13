using System.IO.Compression;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;
using AITrader.TestSupport;

namespace AITrader.Formats.Tests.Compression;

public sealed class ZipTests
{
    private const string Csv = "symbol,time,price,size,bid,ask\nX,1767584700,1.5,5,1,2\n";

    [Fact]
    public void Reads_the_one_file_of_a_zip()
    {
        var tick = Assert.Single(Read(Reading.Zip(("folder/", ""), ("folder/ticks.csv", Csv), ("__MACOSX/ticks.csv", "x"))));
        Assert.Equal(1.5m, tick.Price.ToDecimal());
    }

    [Fact]
    public void Refuses_none_and_several_files()
    {
        Assert.Equal("file:1: zip: cannot be read: it holds no file", Refusal(Reading.Zip(Array.Empty<(string, string)>())));
        Assert.Equal(
            "file:1: zip: cannot be read: it holds several files; unpack it and name one",
            Refusal(Reading.Zip(("a", Csv), ("b", Csv)))
        );
    }

    [Fact]
    public void Refuses_what_unpacks_to_far_too_much_before_unpacking_it()
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("bomb.csv", CompressionLevel.SmallestSize).Open();
            entry.Write(System.Text.Encoding.UTF8.GetBytes(Csv));
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)'\n');
            for (var i = 0; i < 70; i++)
            {
                entry.Write(spaces);
            }
        }

        Assert.Equal(
            $"file:1: zip: cannot be read: it would unpack to {(70 << 20) + Csv.Length} bytes, more than 250 times its size",
            Refusal(packed.ToArray())
        );
    }

    [Fact]
    public void Refuses_a_wrong_checksum()
    {
        var zip = Reading.Zip(("ticks.csv", Csv));
        var stored = new MemoryStream();
        using (var archive = new ZipArchive(stored, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("ticks.csv", CompressionLevel.NoCompression).Open();
            entry.Write(System.Text.Encoding.UTF8.GetBytes(Csv));
        }

        var bytes = stored.ToArray();
        var at = bytes.AsSpan().IndexOf("1.5"u8);
        bytes[at] = (byte)'2';

        Assert.Single(Read(zip));
        Assert.Equal("file:3: zip: cannot be read: the checksum is wrong", Refusal(bytes));
    }

    [Fact]
    public void Refuses_a_zip_that_is_cut_off()
    {
        var zip = Reading.Zip(("ticks.csv", string.Concat(Enumerable.Repeat(Csv, 50))));
        for (var length = 4; length < zip.Length; length += 7)
        {
            Assert.StartsWith("file:1: zip: cannot be read: ", Refusal(zip[..length]));
        }
    }

    [Fact]
    public void Unpacks_while_reading()
    {
        // 4 MB unpacked, of which only the buffers are in memory.
        var zip = Reading.Zip(
            (
                "ticks.csv",
                Csv
                    + string.Concat(
                        Enumerable
                            .Range(0, 100_000)
                            .Select(static i => $"X,{1767584700 + (i / 100)},1.{i % 97},{i % 1000},{(i % 7) + 1},{(i % 7) + 9}\n")
                    )
            )
        );
        long ticks = 0;
        var allocated = Allocations.Of(() =>
        {
            using var reader = TickFile.Open(new MemoryStream(zip), "file");
            while (reader.TryRead(out _)) { }

            ticks = reader.Ticks;
        });

        Assert.Equal(100_001, ticks);
        Assert.InRange(allocated, 0, 1_000_000);
    }

    private static List<PackedTick> Read(byte[] zip) => Reading.All(TickFile.Open(new MemoryStream(zip), "file"));

    private static string Refusal(byte[] zip) => Assert.Throws<MarketDataException>(() => Read(zip)).Message;
}
