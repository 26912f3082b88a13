using System.Text;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Formats.Reading;
using AITrader.TestSupport;

namespace AITrader.Formats.Tests;

/// <summary>A format is a folder and a line: this one is added by its definition alone.</summary>
public sealed class AddedFormatTests
{
    private const string Content = "#test\n1500000,10\n2500000,11\n";

    private static readonly IReadOnlyList<FileFormat> Formats = [.. FileFormats.All, new TestFormat()];

    [Fact]
    public void Is_opened_checked_and_named_where_nothing_fits()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "ticks.txt");
        File.WriteAllText(path, Content);

        using (var reader = TickFile.Open(path, null, Formats))
        {
            Assert.Equal([10m, 11m], Reading.All(reader).Select(static tick => (decimal)tick.Price));
        }

        var summary = FileCheck.Run(path, Formats);
        Assert.Equal(("test", "ticks", 2L), (summary.Source, summary.Items, summary.Count));
        Assert.Equal((1_500_000L, 2_500_000L), (summary.FirstMicros, summary.LastMicros));

        File.WriteAllText(path, "something else\n");
        Assert.Equal(
            $"{path}:1: format: neither a Binance capture (local_ns {{json}}) nor a CSV with the header symbol,time,price,size,bid,ask[,bid_size,ask_size][,flags,received] nor a file that begins with #test, and no .map.json lies beside it",
            Assert.Throws<MarketDataException>(() => TickFile.Open(path, null, Formats)).Message
        );
        Assert.Contains("header", Assert.Throws<MarketDataException>(() => TickFile.Open(path)).Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    /// <summary>Nothing else has to be touched: what opens files knows the formats by the list only.</summary>
    [Fact]
    public void Touches_one_line_of_the_list()
    {
        var root = Path.Combine(SharedData.RepositoryRoot, "libraries", "AITrader.Formats");
        var folders = FileFormats.All.Select(static format => format.GetType().Namespace!).Distinct().ToList();
        Assert.Equal(6, folders.Count);
        string[] opening = ["TickFile.cs", "BarFile.cs", "OrderEventFile.cs", "FileCheck.cs"];
        var source = string.Concat(
            opening.Select(file => File.ReadAllText(Path.Combine(root, file)).Replace("AITrader.Formats.Csv", "", StringComparison.Ordinal))
        ); // a mapping is given by whoever opens a stream
        Assert.All(folders, folder => Assert.DoesNotContain(folder + ";", source, StringComparison.Ordinal));
        Assert.All(Directory.EnumerateFiles(Path.Combine(root, "Reading"), "*.cs"), file =>
            Assert.All(folders, folder => Assert.DoesNotContain(folder, File.ReadAllText(file), StringComparison.Ordinal))
        );
        var list = File.ReadAllLines(Path.Combine(root, "FileFormats.cs"));
        Assert.All(FileFormats.All, format =>
            Assert.Single(list, line => line.Contains($"new {format.GetType().Name}()", StringComparison.Ordinal))
        );
    }

    private sealed class TestFormat : FileFormat
    {
        internal override string TicksLookLike => "a file that begins with #test";

        internal override bool RecognisesLine(ReadOnlySpan<byte> first) => first.SequenceEqual("#test"u8);

        internal override TickReader OpenTicks(FileContent content) => new TestReader(content);
    }

    private sealed class TestReader(FileContent content) : TickReader(content.Name, content.Symbols)
    {
        public override string Source => "test";

        public override long Line => content.Lines.Line;

        private protected override bool TryReadTick(out PackedTick tick)
        {
            tick = default;
            while (content.Lines.TryRead(out var line))
            {
                if (line.StartsWith("#"u8))
                {
                    continue;
                }

                var parts = Encoding.UTF8.GetString(line).Split(',');
                tick = new PackedTick
                {
                    TimeMicros = long.Parse(parts[0], null),
                    Symbol = content.Symbols.Intern("TEST"),
                    Kind = TickKind.Trade,
                    Price = Price.Of(decimal.Parse(parts[1], null)),
                    Size = Quantity.Of(1),
                };
                return true;
            }

            return false;
        }

        protected override void Dispose(bool disposing) => content.Lines.Dispose();
    }
}
