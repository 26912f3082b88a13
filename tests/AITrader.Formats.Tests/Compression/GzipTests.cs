using System.IO.Compression;
using System.Text;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Tests.Compression;

public sealed class GzipTests
{
    private const string Header = "symbol,time,price,size,bid,ask\n";

    public static TheoryData<string> Contents => ["same", "random", "members"];

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_file_that_was_cut_off_anywhere_gives_no_row_that_it_does_not_hold(string name)
    {
        var rows = Rows(name);
        var packed = Packed(name, rows);
        Assert.Equal(rows.Length, Read(packed, out var whole).Count);
        Assert.Null(whole);
        for (var length = 2; length < packed.Length; length++)
        {
            if (name == "members" && packed.AsSpan(length).StartsWith((byte[])[0x1F, 0x8B, 8]))
            {
                continue; // between two members: nothing says that more was to come
            }

            var read = Read(packed[..length], out var refusal);
            Assert.True(refusal is not null, $"cut to {length} of {packed.Length} bytes, but taken for whole");

            // A row may be cut, too: then that is what is said. No other row is ever given.
            Assert.True(read.SequenceEqual(rows.Take(read.Count).Select(static (_, i) => Price(i))), $"cut to {length}: a wrong row");
            Assert.True(refusal.Field is "gzip" || refusal.Line > read.Count, refusal.Message);
        }
    }

    [Fact]
    public void The_end_of_what_was_cut_off_is_said_as_such()
    {
        var packed = Packed("same", Rows("same"));
        foreach (var length in (int[])[packed.Length - 1, packed.Length - 8, packed.Length - 20])
        {
            Read(packed[..length], out var refusal);
            Assert.Matches(@"^file:\d+: gzip: cannot be read: the packed data is cut off$", refusal!.Message);
        }

        Read([.. packed, 0, 0, 0], out var after);
        Assert.Matches(@"^file:\d+: gzip: cannot be read: other bytes follow the packed data$", after!.Message);
    }

    [Theory]
    [InlineData("425A683931415926", "is packed by bzip2; unpack it, or pack it by gzip or zip")]
    [InlineData("FD377A585A00", "is packed by xz; unpack it, or pack it by gzip or zip")]
    [InlineData("28B52FFD0000", "is packed by zstd; unpack it, or pack it by gzip or zip")]
    [InlineData("377ABCAF271C", "is packed by 7-Zip; unpack it, or pack it by gzip or zip")]
    [InlineData("FFFE73007900", "is UTF-16; save it as UTF-8")]
    public void Says_what_it_is_that_cannot_be_read(string start, string expected) =>
        Assert.Equal("file:1: format: " + expected, Reading.Refusal(Convert.FromHexString(start)));

    private static string[] Rows(string name)
    {
        var random = new Random(3);
        return
        [
            .. Enumerable
                .Range(0, name == "random" ? 60 : 400)
                .Select(i => $"{(name == "random" ? Noise(random) : "X")},1767584700,{i % 7 + 1},1,,\n"),
        ];
    }

    private static string Noise(Random random) => string.Concat(Enumerable.Range(0, 20).Select(_ => (char)('A' + random.Next(26))));

    private static decimal Price(int row) => (row % 7) + 1;

    private static byte[] Packed(string name, string[] rows) =>
        name == "members"
            ? [.. Pack(Header), .. Pack(""), .. rows.Chunk(150).SelectMany(static part => Pack(string.Concat(part)))]
            : Pack(Header + string.Concat(rows));

    private static byte[] Pack(string content)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(Encoding.ASCII.GetBytes(content));
        }

        return packed.ToArray() is { Length: > 0 } bytes ? bytes : Reading.Gzip([]);
    }

    private static List<decimal> Read(byte[] packed, out MarketDataException? refusal)
    {
        var prices = new List<decimal>();
        refusal = null;
        try
        {
            using var reader = TickFile.Open(new MemoryStream(packed), "file");
            while (reader.TryRead(out var tick))
            {
                prices.Add(tick.Price.ToDecimal());
            }
        }
        catch (MarketDataException failure)
        {
            refusal = failure;
        }

        return prices;
    }
}
