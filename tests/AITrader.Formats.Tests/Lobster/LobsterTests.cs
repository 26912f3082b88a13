using System.Globalization;
using System.Text;
using AITrader.Domain.Quotes;
using AITrader.Formats.Lobster;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;

namespace AITrader.Formats.Tests.Lobster;

public sealed class LobsterTests
{
    private const string Name = "AAPL_2012-06-21_34200000_57600000_message_3.csv";

    [Fact]
    public void Reads_messages_with_the_rows_of_the_book()
    {
        using var reader = Open(
            "34200.017459617,1,16113575,18,5853300,1\n34200.5,5,0,7,5853500,-1\n34201,7,0,0,-1,-1\n34202,6,-1,100,5853400,-1\n34203,7,0,0,1,-1\n34204,4,16113575,18,5853300,1\n",
            Row("", "5853300,18")
                + Row("", "5853300,18")
                + Row("", "5853300,18")
                + Row("", "5853300,18")
                + Row("", "5853300,18")
                + Row("", "")
        );

        Assert.True(reader.TryRead(out var add));
        Assert.Equal(
            (OrderEventKind.Add, 16_113_575L, 585.33m, 18m, QuoteSide.Bid),
            (add.Kind, add.OrderId, add.Price.ToDecimal(), add.Quantity.ToDecimal(), add.Side)
        );
        Assert.Equal(
            (new DateTimeOffset(2012, 6, 21, 13, 30, 0, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000_000) + 17_459_617,
            add.TimeNanos
        );
        Assert.Equal([new BookLevel(add.Price, add.Quantity)], reader.Bids.ToArray());
        Assert.True(reader.Asks.IsEmpty);

        Assert.True(reader.TryRead(out var hidden));
        Assert.Equal(
            (OrderEventKind.HiddenExecute, 0L, QuoteSide.Ask, "AAPL"),
            (hidden.Kind, hidden.OrderId, hidden.Side, reader.Symbols[hidden.Symbol])
        );

        Assert.True(reader.TryReadMessage(out var halt));
        Assert.Equal((null, 7, true), (halt, reader.MessageType, reader.IsHalted));
        Assert.True(reader.TryReadMessage(out var cross));
        Assert.Equal((null, 6), (cross, reader.MessageType));
        Assert.True(reader.TryRead(out var last));
        Assert.False(reader.IsHalted);
        Assert.Equal(OrderEventKind.Execute, last.Kind);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(3, reader.Events);
    }

    [Fact]
    public void What_is_finer_than_a_nanosecond_is_cut_off()
    {
        using var reader = Open(
            "34200.0174596170000000012,1,1,18,5853300,1\n34200.0174596179999,1,2,18,5853300,1\n34200.017459618,1,3,18,5853300,1\n",
            Row("", "5853300,18") + Row("", "5853300,36") + Row("", "5853300,54")
        );
        var times = new List<long>();
        while (reader.TryRead(out var change))
        {
            times.Add(change.TimeNanos % 1_000_000_000);
        }

        Assert.Equal([17_459_617L, 17_459_617, 17_459_618], times);
        using var wrong = Open("34200.0174596170x,1,1,18,5853300,1\n", Row("", "5853300,18"));
        Assert.EndsWith(
            "'34200.0174596170x' is not a number of seconds of a day",
            Assert.Throws<MarketDataException>(() => wrong.TryRead(out _)).Message
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)] // deeper than the book ever is
    public void Messages_explain_every_row_of_a_whole_day(int levels)
    {
        var (messages, rows) = LobsterSamples.Make(11, 4_000, levels);
        var report = Check(messages, rows, levels);

        Assert.Equal(new LobsterReport(4_000, 0, 4_000, null), report);
    }

    [Fact]
    public void Messages_explain_rows_also_where_the_file_begins_later()
    {
        var (messages, rows) = LobsterSamples.Make(12, 4_000, 3);
        var report = Check(messages[1_000..], rows[1_000..], 3);

        Assert.Null(report.Mismatch);
        Assert.Equal((3_000L, 0L), (report.Rows, report.WholeBook));
        Assert.InRange(report.FromBefore, 1, 2_999);
    }

    [Fact]
    public void A_row_that_the_messages_do_not_explain_is_found()
    {
        var (messages, rows) = LobsterSamples.Make(13, 1_000, 3);
        var random = new Random(14);
        for (var trial = 0; trial < 60; trial++)
        {
            var line = random.Next(1, 1_000);
            var fields = rows[line].Split(',');
            var field = random.Next(fields.Length);
            if (
                !long.TryParse(fields[field], CultureInfo.InvariantCulture, out var value)
                || Math.Abs(value) == 9_999_999_999
                || value == 0
            )
            {
                continue;
            }

            fields[field] = (value + 1).ToString(CultureInfo.InvariantCulture);
            string[] changed = [.. rows[..line], string.Join(',', fields), .. rows[(line + 1)..]];
            AssertFound(line + 1, Check(messages, changed, 3));
            // Without the orders, a change of the last level may look as one that came into sight there.
            if (line > 500 && field < 8)
            {
                AssertFound(line - 499, Check(messages[500..], changed[500..], 3));
            }
        }
    }

    [Fact]
    public void A_pair_is_opened_by_its_message_file()
    {
        var folder = Directory.CreateTempSubdirectory("aitrader-lobster");
        try
        {
            var (messages, rows) = LobsterSamples.Make(15, 50, 3);
            var path = Path.Combine(folder.FullName, Name);
            File.WriteAllLines(path, messages);
            using (var alone = LobsterReader.Open(path))
            {
                Assert.Equal(
                    $"{path}: has no orderbook file beside it",
                    Assert.Throws<MarketDataException>(() => LobsterValidator.Check(alone)).Message
                );
            }

            File.WriteAllLines(path.Replace("_message_", "_orderbook_"), rows);
            using var reader = Assert.IsType<LobsterReader>(OrderEventFile.Open(path));
            Assert.Equal(50, LobsterValidator.Check(reader).WholeBook);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("34200,1,1,1,10000", "message_3.csv:1: row: has 5 fields where a message has 6")]
    [InlineData("86400,1,1,1,10000,1", "message_3.csv:1: time: '86400' is not a number of seconds of a day")]
    [InlineData("5,8,1,1,10000,1", "message_3.csv:1: type: '8' is no whole number from 1 to 7")]
    [InlineData("5,1,x,1,10000,1", "message_3.csv:1: order: 'x' is no whole number from 0")]
    [InlineData("5,1,1,0,10000,1", "message_3.csv:1: size: '0' must be above zero")]
    [InlineData("5,1,1,1,-10000,1", "message_3.csv:1: price: '-10000' must be above zero")]
    [InlineData("5,1,1,1,10000,0", "message_3.csv:1: direction: is neither 1 nor -1")]
    [InlineData("5,1,1,1,10000,1\n4,1,2,1,10000,1", "message_3.csv:2: time: goes back from 5000000000 to 4000000000 ns")]
    [InlineData("", "message_3.csv:1: file: holds no messages")]
    [InlineData("5,1,1,1,10000,1\n6,1,2,1,10000,1\n7,1,3,1,10000,1", "orderbook_3.csv:3: row: is missing: the message file has more rows")]
    [InlineData("5,1,1,1,10000,1", "orderbook_3.csv:2: row: is left over: the message file has fewer rows")]
    public void Says_what_is_wrong_with_messages(string messages, string expected)
    {
        using var reader = Open(messages, messages.Length == 0 ? "" : Row("", "10000,1") + Row("", "10000,2"));
        Assert.EndsWith(expected, Assert.Throws<MarketDataException>(() => ReadAll(reader)).Message);
    }

    [Theory]
    [InlineData("1,1,1,1", "row: has fewer than 12 fields")]
    [InlineData("2,1,1,1,3,1,-9999999999,0,4,1,-9999999999,0,5", "row: has more than 12 fields")]
    [InlineData("2,1,1,1,x,1,1,1,1,1,1,1", "ask_price_2: 'x' is no whole number of ten digits")]
    [InlineData("2,0,1,1,3,1,1,1,4,1,1,1", "ask_size_1: must be above zero")]
    [InlineData("2,1,1,1,2,1,1,1,4,1,1,1", "ask_price_2: is not worse than that of the level before")]
    [InlineData("2,1,5,1,3,1,6,1,4,1,1,1", "bid_price_2: is not worse than that of the level before")]
    [InlineData("9999999999,0,5,1,3,1,4,1,4,1,1,1", "ask_price_2: follows after an empty level")]
    public void Says_what_is_wrong_with_rows(string row, string expected)
    {
        using var reader = Open("5,1,1,1,10000,1", row);
        Assert.EndsWith("orderbook_3.csv:1: " + expected, Assert.Throws<MarketDataException>(() => ReadAll(reader)).Message);
    }

    private static void AssertFound(long line, LobsterReport report)
    {
        Assert.NotNull(report.Mismatch);
        Assert.Equal(line, report.Rows);
    }

    private static LobsterReport Check(string[] messages, string[] rows, int levels)
    {
        using var reader = Open(string.Join('\n', messages), string.Join('\n', rows), levels);
        return LobsterValidator.Check(reader);
    }

    private static LobsterReader Open(string messages, string rows, int levels = 3) =>
        LobsterReader.Open(
            new MemoryStream(Encoding.ASCII.GetBytes(messages)),
            new MemoryStream(Encoding.ASCII.GetBytes(rows)),
            Name.Replace("_3.", $"_{levels}.")
        );

    private static void ReadAll(LobsterReader reader)
    {
        while (reader.TryReadMessage(out _)) { }
    }

    /// <summary>A row of three levels with at most one on each side.</summary>
    private static string Row(string ask, string bid) =>
        string.Join(
            ',',
            Enumerable
                .Repeat("9999999999,0,-9999999999,0", 3)
                .Select(
                    (level, i) => i > 0 ? level : $"{(ask.Length > 0 ? ask : "9999999999,0")},{(bid.Length > 0 ? bid : "-9999999999,0")}"
                )
        ) + "\n";
}
