using AITrader.Domain.Ticks;
using AITrader.Formats.Itch;
using AITrader.Formats.Lobster;
using AITrader.Formats.Reading;
using AITrader.Formats.Tests.Itch;
using AITrader.Formats.Tests.Lobster;

namespace AITrader.Formats.Tests;

public sealed class OrderTickReaderTests
{
    private const string Lobster = "AAPL_2012-06-21_34200000_57600000_message_3.csv";

    private static readonly DateOnly Day = new(2020, 1, 30);

    [Fact]
    public void Executions_of_ITCH_are_trades_and_changes_of_the_best_levels_quotes()
    {
        var rows = Itch(
            new ItchBytes()
                .Directory(7, "AAPL")
                .Add(7, 1, 'B', 100, "AAPL", 1_000_000) // one side alone: no quote
                .Add(7, 2, 'S', 50, "AAPL", 1_010_000)
                .Add(7, 3, 'B', 70, "AAPL", 999_000) // behind the best
                .Executed(7, 1, 30, 901)
                .Trade(7, 'B', 5, "AAPL", 1_005_000, 902) // hidden: the book stays
                .ExecutedAt(7, 2, 10, 903, 'N', 1_009_000) // reported another time: no trade, but less at the best
                .ExecutedAt(7, 2, 10, 904, 'Y', 1_008_000)
                .Replace(7, 1, 4, 20, 1_001_000)
                .Add(7, 5, 'B', 1, "AAPL", 1_010_000) // locks
                .Add(7, 6, 'B', 1, "AAPL", 1_011_000) // crosses: no quote
                .Executed(7, 2, 30, 905) // the last seller: nothing that it met is known
                .ToArray()
        );

        Assert.Equal(
            [
                "Q 100.5 100*100 101*50",
                "T 100*30 100*100 101*50",
                "Q 100.5 100*70 101*50",
                "T 100.5*5 100*70 101*50",
                "Q 100.5 100*70 101*40",
                "T 100.8*10 100*70 101*40",
                "Q 100.5 100*70 101*30",
                "Q 100.55 100.1*20 101*30",
                "Q 101 101*1 101*30 Locked",
                "T 101*30 0*0 0*0",
            ],
            rows
        );
    }

    [Fact]
    public void Securities_have_books_of_their_own()
    {
        var rows = Itch(
            new ItchBytes()
                .Directory(7, "AAPL")
                .Directory(9, "MSFT")
                .Add(7, 1, 'B', 1, "AAPL", 10_000)
                .Add(9, 1, 'S', 2, "MSFT", 30_000)
                .Add(9, 2, 'B', 3, "MSFT", 20_000)
                .Add(7, 2, 'S', 4, "AAPL", 20_000)
                .Executed(9, 1, 2, 5)
                .ToArray()
        );
        Assert.Equal(["Q 2.5 2*3 3*2", "Q 1.5 1*1 2*4", "T 3*2 2*3 3*2"], rows);
    }

    [Fact]
    public void What_contradicts_the_book_is_said_with_its_message()
    {
        Assert.Equal(
            "file:2: order: the Execute of order 1 of AAPL is refused: UnknownOrder",
            Refusal(new ItchBytes().Directory(7, "AAPL").Executed(7, 1, 2, 5))
        );
        Assert.Equal(
            "file:3: order: the Cancel of order 1 of AAPL is refused: ExceedsOrder",
            Refusal(new ItchBytes().Directory(7, "AAPL").Add(7, 1, 'B', 1, "AAPL", 10_000).Cancel(7, 1, 2))
        );
        Assert.Equal("file:1: file: holds no ticks", Refusal(new ItchBytes().Directory(7, "AAPL")));

        static string Refusal(ItchBytes bytes) => Assert.Throws<MarketDataException>(() => Itch(bytes.ToArray())).Message;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows_of_LOBSTER_are_the_quotes_and_its_executions_the_trades(int seed)
    {
        var (messages, rows) = LobsterSamples.Make(seed, 2_000, 3);
        var ticks = Read(new OrderTickReader(LobsterReader.Open(Utf8(messages), Utf8(rows), Lobster)));

        var expected = new List<string>();
        var (shown, before) = ("0*0 0*0", "0*0 0*0");
        for (var i = 0; i < rows.Length; i++)
        {
            var (message, row) = (messages[i].Split(','), rows[i].Split(',').Select(decimal.Parse).ToArray());
            shown =
                message[1] == "7" ? before
                : row[0] == 9_999_999_999 || row[2] == -9_999_999_999 || row[2] > row[0] ? "0*0 0*0"
                : $"{row[2] / 10_000m:0.####}*{row[3]} {row[0] / 10_000m:0.####}*{row[1]}";
            if (message[1] is "4" or "5")
            {
                expected.Add($"T {decimal.Parse(message[4]) / 10_000m:0.####}*{message[3]} {before}");
            }

            if (shown != before && shown != "0*0 0*0")
            {
                expected.Add($"Q {(row[0] + row[2]) / 20_000m:0.#####} {shown}");
            }

            before = shown;
        }

        Assert.Equal(expected, ticks.Select(static tick => tick.EndsWith(" Locked", StringComparison.Ordinal) ? tick[..^7] : tick));
        Assert.True(expected.Count(static row => row[0] == 'T') > 20 && expected.Count(static row => row[0] == 'Q') > 20);
    }

    [Fact]
    public void Without_its_rows_LOBSTER_gives_trades_only()
    {
        var (messages, _) = LobsterSamples.Make(4, 500, 3);
        var ticks = Read(new OrderTickReader(LobsterReader.Open(Utf8(messages), null, Lobster)));
        Assert.Equal(messages.Count(static message => message.Split(',')[1] is "4" or "5"), ticks.Count);
        Assert.All(ticks, static tick => Assert.EndsWith(" 0*0 0*0", tick));
    }

    [Fact]
    public void Files_of_orders_open_as_ticks_by_their_names()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-orders");
        try
        {
            var itch = Path.Combine(folder.FullName, "01302020.NASDAQ_ITCH50.gz");
            File.WriteAllBytes(
                itch,
                Reading.Gzip(
                    new ItchBytes().Directory(7, "AAPL").Add(7, 1, 'B', 1, "AAPL", 10_000).Add(7, 2, 'S', 4, "AAPL", 20_000).ToArray()
                )
            );
            var (messages, rows) = LobsterSamples.Make(5, 200, 3);
            var lobster = Path.Combine(folder.FullName, Lobster);
            File.WriteAllLines(lobster, messages);
            File.WriteAllLines(lobster.Replace("message", "orderbook"), rows);

            using var first = TickFile.Open(itch);
            Assert.True(first.TryRead(out var tick));
            Assert.Equal(
                ("itch", "AAPL", TickKind.Quote, 1.5m),
                (first.Source, first.Symbols[tick.Symbol], tick.Kind, tick.Price.ToDecimal())
            );
            using var second = TickFile.Open(lobster);
            Assert.True(second.TryRead(out tick));
            Assert.Equal(("lobster", "AAPL"), (second.Source, second.Symbols[tick.Symbol]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<string> Itch(byte[] content) => Read(new OrderTickReader(ItchReader.Open(new MemoryStream(content), "file", Day)));

    private static List<string> Read(TickReader reader) =>
        [
            .. Reading
                .All(reader)
                .Select(static tick =>
                    $"{(tick.Kind == TickKind.Trade ? $"T {tick.Price}*{tick.Size}" : $"Q {tick.Price}")} {tick.Bid}*{tick.BidSize} {tick.Ask}*{tick.AskSize}{(tick.Flags == TickFlags.None ? "" : $" {tick.Flags}")}"
                ),
        ];

    private static MemoryStream Utf8(string[] lines) => new(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)));
}
