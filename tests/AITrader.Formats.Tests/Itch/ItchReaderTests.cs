using AITrader.Domain.Instruments;
using AITrader.Formats.Itch;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;
using AITrader.TestSupport;

namespace AITrader.Formats.Tests.Itch;

public sealed class ItchReaderTests
{
    private static readonly DateOnly Day = new(2020, 1, 30);

    /// <summary>Bytes of each message, as the specification has them.</summary>
    private const string Lengths = "A36 B19 C36 D19 E31 F40 H25 I50 J35 K28 L26 N20 O48 P44 Q40 R39 S12 U35 V35 W12 X23 Y20 h21";

    [Fact]
    public void Reads_the_sample_up_to_where_it_is_cut()
    {
        var path = SharedData.Require("itch/sample.itch");
        using var reader = ItchReader.Open(path, Day);
        var types = new Dictionary<char, int>();
        var second = "";
        var failure = Assert.Throws<MarketDataException>(() =>
        {
            while (reader.TryReadMessage(out var message))
            {
                types[message.Type] = types.GetValueOrDefault(message.Type) + 1;
                second = reader.Position == 2 ? message.ToString() : second;
            }
        });

        Assert.Equal($"{path}:102: message: is cut off (byte 4081)", failure.Message);
        Assert.Equal(
            new Dictionary<char, int>
            {
                ['S'] = 1,
                ['R'] = 98,
                ['H'] = 1,
                ['Y'] = 1,
            },
            types
        );
        Assert.Equal(
            "R stock directory locate=1 time=11314234545561 stock=A market_category=N financial_status= round_lot_size=100 round_lots_only=N issue_classification=C issue_subtype=Z "
                + "authenticity=P short_sale_threshold=N ipo_flag= luld_tier=1 etp_flag=N etp_leverage=0 inverse=N",
            second
        );
    }

    [Fact]
    public void Knows_every_message_with_its_length() =>
        Assert.Equal(
            Lengths,
            string.Join(' ', ItchLayout.All.OrderBy(static layout => layout.Type).Select(static layout => $"{layout.Type}{layout.Length}"))
        );

    [Fact]
    public void Reads_every_field_of_every_message()
    {
        var bytes = new ItchBytes()
            .SystemEvent('O')
            .Directory(7, "AAPL")
            .Message('H', 7, "AAPL    ", 'T', ' ', "IPO1")
            .Message('Y', 7, "AAPL    ", '1')
            .Message('L', 7, "GSCO", "AAPL    ", 'Y', 'N', 'A')
            .Message('V', 0, 100_000_000L, 200_000_000L, 300_000_001L)
            .Message('W', 0, '2')
            .Message('K', 7, "AAPL    ", 36_000u, 'A', 123_400u)
            .Message('J', 7, "AAPL    ", 10_000u, 11_000u, 9_000u, 1u)
            .Message('h', 7, "AAPL    ", 'Q', 'H')
            .Add(7, 1, 'B', 100, "AAPL", 1_234_567)
            .AddWithAttribution(7, 2, 'S', 50, "AAPL", 1_234_600, "GSCO")
            .Executed(7, 1, 10, 901)
            .ExecutedAt(7, 1, 20, 902, 'N', 1_234_500)
            .Cancel(7, 1, 5)
            .Delete(7, 1)
            .Replace(7, 2, 3, 60, 1_234_700)
            .Trade(7, 'B', 30, "AAPL", 1_234_650, 903)
            .Message('Q', 7, 5_000_000_000L, "AAPL    ", 1_234_000u, 904L, 'O')
            .Message('B', 7, 903L)
            .Message('I', 7, 1_000L, 2_000L, 'B', "AAPL    ", 1u, 2u, 3u, 'C', 'L')
            .Message('N', 7, "AAPL    ", 'A')
            .Message('O', 7, "AAPL    ", 'Y', 1u, 2u, 3u, 4L, 5u, 6u)
            .ToArray();
        var texts = Messages(bytes)
            .Select(static text =>
                string.Join(' ', text.Split(' ').Where(static word => !word.StartsWith("time=", StringComparison.Ordinal)))
            )
            .ToList();

        Assert.Equal(
            [
                "S system event locate=0 event_code=O",
                "R stock directory locate=7 stock=AAPL market_category=Q financial_status=N round_lot_size=100 round_lots_only=N issue_classification=C issue_subtype=Z authenticity=P "
                    + "short_sale_threshold=N ipo_flag= luld_tier=1 etp_flag=N etp_leverage=0 inverse=N",
                "H stock trading action locate=7 stock=AAPL trading_state=T reserved= reason=IPO1",
                "Y Reg SHO restriction locate=7 stock=AAPL reg_sho_action=1",
                "L market participant position locate=7 mpid=GSCO stock=AAPL primary_market_maker=Y market_maker_mode=N participant_state=A",
                "V MWCB decline level locate=0 level_1_price8=1 level_2_price8=2 level_3_price8=3.00000001",
                "W MWCB status locate=0 breached_level=2",
                "K IPO quoting period update locate=7 stock=AAPL release_time=36000 release_qualifier=A ipo_price=12.34",
                "J LULD auction collar locate=7 stock=AAPL reference_price=1 upper_price=1.1 lower_price=0.9 extension=1",
                "h operational halt locate=7 stock=AAPL market_code=Q halt_action=H",
                "A add order locate=7 order=1 side=B shares=100 stock=AAPL price=123.4567",
                "F add order with attribution locate=7 order=2 side=S shares=50 stock=AAPL price=123.46 attribution=GSCO",
                "E order executed locate=7 order=1 shares=10 match=901",
                "C order executed with price locate=7 order=1 shares=20 match=902 printable=N price=123.45",
                "X order cancel locate=7 order=1 shares=5",
                "D order delete locate=7 order=1",
                "U order replace locate=7 order=2 new_order=3 shares=60 price=123.47",
                "P trade locate=7 order=0 side=B shares=30 stock=AAPL price=123.465 match=903",
                "Q cross trade locate=7 shares=5000000000 stock=AAPL cross_price=123.4 match=904 cross_type=O",
                "B broken trade locate=7 match=903",
                "I net order imbalance locate=7 paired_shares=1000 imbalance_shares=2000 imbalance_direction=B stock=AAPL far_price=0.0001 near_price=0.0002 reference_price=0.0003 cross_type=C price_variation=L",
                "N retail price improvement locate=7 stock=AAPL interest_flag=A",
                "O direct listing with capital raise locate=7 stock=AAPL open_eligibility=Y minimum_price=0.0001 maximum_price=0.0002 near_execution_price=0.0003 near_execution_time=4 lower_collar_price=0.0005 upper_collar_price=0.0006",
            ],
            texts
        );
    }

    [Fact]
    public void A_reserved_byte_means_nothing() =>
        Assert.Single(Messages(new ItchBytes().Message('H', 7, "AAPL    ", 'T', '\0', "    ").ToArray()));

    /// <summary>Bytes written by hand: length, type, locate, tracking number, 09:30, then the fields.</summary>
    [Theory]
    [InlineData("0024 41 0007 0002 1F1ACED9F000 0000000000000001 42 00000064 4141504C20202020 000F4240", OrderEventKind.Add, 1, 100, "100")]
    [InlineData(
        "0028 46 0007 0002 1F1ACED9F000 0000000000000001 53 00000064 4141504C20202020 000F4241 4753434F",
        OrderEventKind.Add,
        1,
        100,
        "100.0001"
    )]
    [InlineData("001F 45 0007 0002 1F1ACED9F000 0000000000000002 0000000A 0000000000000385", OrderEventKind.Execute, 2, 10, "0")]
    [InlineData(
        "0024 43 0007 0002 1F1ACED9F000 0000000000000002 0000000A 0000000000000385 4E 000F4240",
        OrderEventKind.ExecuteWithPrice,
        2,
        10,
        "100"
    )]
    [InlineData("0017 58 0007 0002 1F1ACED9F000 0000000000000002 0000000A", OrderEventKind.Cancel, 2, 10, "0")]
    [InlineData("0013 44 0007 0002 1F1ACED9F000 0000000000000002", OrderEventKind.Delete, 2, 0, "0")]
    [InlineData("0023 55 0007 0002 1F1ACED9F000 0000000000000002 0000000000000003 00000050 000F4240", OrderEventKind.Replace, 2, 80, "100")]
    [InlineData(
        "002C 50 0007 0002 1F1ACED9F000 0000000000000000 42 00000005 4141504C20202020 000F4240 0000000000000386",
        OrderEventKind.HiddenExecute,
        0,
        5,
        "100"
    )]
    public void Bytes_written_by_hand_become_the_event(string hex, OrderEventKind kind, long order, int quantity, string price)
    {
        byte[] content = [.. new ItchBytes().At(0).Directory(7, "AAPL").ToArray(), .. Convert.FromHexString(hex.Replace(" ", ""))];
        var change = Assert.Single(Events(content, out var symbols));

        Assert.Equal(
            (kind, order, (decimal)quantity, price, "AAPL"),
            (change.Kind, change.OrderId, change.Quantity.ToDecimal(), change.Price.ToString(), symbols[change.Symbol])
        );
        Assert.Equal(kind == OrderEventKind.ExecuteWithPrice, change.IsNonPrinting);
        Assert.Equal(kind == OrderEventKind.Replace ? 3 : 0, change.NewOrderId);
        Assert.Equal(new DateTimeOffset(2020, 1, 30, 14, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000, change.TimeNanos);
    }

    [Fact]
    public void Events_build_the_book()
    {
        var bytes = new ItchBytes()
            .SystemEvent('O')
            .Directory(7, "AAPL")
            .Directory(8, "XYZ+")
            .Add(7, 1, 'B', 100, "AAPL", 1_000_000)
            .Add(7, 2, 'B', 50, "AAPL", 1_000_000)
            .AddWithAttribution(7, 3, 'S', 70, "AAPL", 1_010_000, "GSCO")
            .Add(8, 1, 'S', 1, "XYZ+", 10_000)
            .Executed(7, 1, 30, 901)
            .Cancel(7, 2, 10)
            .Trade(7, 'B', 5, "AAPL", 1_005_000, 902)
            .Replace(7, 3, 4, 80, 1_009_900)
            .ExecutedAt(7, 4, 1, 903, 'N', 1_009_000)
            .Delete(7, 1)
            .ToArray();
        var events = Events(bytes, out var symbols);
        var book = new OrderBook();
        foreach (var change in events.Where(change => symbols[change.Symbol] == "AAPL"))
        {
            Assert.True(book.Apply(change) <= OrderOutcome.NotDisplayed);
        }

        Assert.Equal(["AAPL", "XYZ.WS"], symbols.Names);
        Assert.Equal(
            (100m, 40m, 100.99m, 79m),
            (
                book.Levels.Bids[0].Price.ToDecimal(),
                book.Levels.Bids[0].Size.ToDecimal(),
                book.Levels.Asks[0].Price.ToDecimal(),
                book.Levels.Asks[0].Size.ToDecimal()
            )
        );
        Assert.Equal(2, book.Count);

        var hidden = events.Single(static change => change.Kind == OrderEventKind.HiddenExecute);
        Assert.Equal(
            (902L, 100.5m, 5m, QuoteSide.Bid),
            (hidden.TradeId, hidden.Price.ToDecimal(), hidden.Quantity.ToDecimal(), hidden.Side)
        );
        var unprinted = events.Single(static change => change.Kind == OrderEventKind.ExecuteWithPrice);
        Assert.True(unprinted.IsNonPrinting);
        Assert.Equal(903L, unprinted.TradeId);

        // 09:30 in New York, in winter, and three messages before it.
        Assert.Equal(
            (new DateTimeOffset(2020, 1, 30, 14, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000) + 3_000,
            events[0].TimeNanos
        );
    }

    [Fact]
    public void Reads_packed_files_and_stops_at_the_end_of_the_session()
    {
        var bytes = new ItchBytes().Directory(7, "AAPL").Add(7, 1, 'B', 100, "AAPL", 1_000_000).Raw(0, 0).ToArray();

        Assert.Single(Events(Reading.Gzip(bytes), out _));
        Assert.Single(Events(bytes, out _));
        Assert.Equal("file:4: length: messages follow after the one that ends the session (byte 81)", Refusal([.. bytes, 0, 1, 1]));
    }

    [Theory]
    [InlineData("01302020.NASDAQ_ITCH50.gz", "2020-01-30")]
    [InlineData("20190530.BX_ITCH_50", "2019-05-30")]
    [InlineData("S081321-v50.txt.gz", "2021-08-13")]
    [InlineData("sample.itch", null)]
    [InlineData("123456789.itch", null)]
    public void Finds_the_day_in_the_name(string name, string? expected) =>
        Assert.Equal(expected, ItchReader.DayOf("folder/" + name)?.ToString("yyyy-MM-dd"));

    public static TheoryData<string, byte[]> Bad =>
        new()
        {
            { "file:1: type: '?' is no message of ITCH 5.0 (byte 0)", [0, 1, 0xFF] },
            { "file:1: type: 'Z' is no message of ITCH 5.0 (byte 0)", [0, 1, (byte)'Z'] },
            { "file:1: D.length: is 23, but order delete (D) has 19 bytes (byte 0)", new ItchBytes().Message('D', 7, 1L, 1u).ToArray() },
            { "file:1: message: is cut off (byte 0)", [0] },
            { "file:1: message: is cut off (byte 0)", [0, 12, (byte)'S'] },
            { "file:1: file: holds no messages", [] },
            {
                "file:2: S.timestamp: goes back from 34200000000000 to 34199999999999 (byte 14)",
                new ItchBytes().SystemEvent('O').At(ItchBytes.Open - 1).SystemEvent('O').ToArray()
            },
            {
                "file:1: S.timestamp: 86400000000000 is past the end of a day (byte 0)",
                new ItchBytes { Nanos = 86_400_000_000_000 }
                    .SystemEvent('O')
                    .ToArray()
            },
            { "file:1: D.stock_locate: 7 was not named before (byte 0)", new ItchBytes().Delete(7, 1).ToArray() },
            { "file:1: A.side: 'X' is neither B nor S (byte 0)", new ItchBytes().Add(7, 1, 'X', 1, "A", 1).ToArray() },
            { "file:1: A.shares: must be above zero (byte 0)", new ItchBytes().Add(7, 1, 'B', 0, "A", 1).ToArray() },
            { "file:1: A.price: must be above zero (byte 0)", new ItchBytes().Add(7, 1, 'B', 1, "A", 0).ToArray() },
            { "file:1: A.order: is too large (byte 0)", new ItchBytes().Add(7, -1, 'B', 1, "A", 1).ToArray() },
            { "file:1: A.stock: 'A?      ' is not printable (byte 0)", new ItchBytes().Add(7, 1, 'B', 1, "A\n", 1).ToArray() },
            {
                "file:1: A.stock: '' is no symbol (1 to 64 letters, digits or : _ - . / & and space) (byte 0)",
                new ItchBytes().Add(7, 1, 'B', 1, "", 1).ToArray()
            },
            {
                "file:2: A.stock: is B, but the locate 7 is that of A (byte 41)",
                new ItchBytes().Directory(7, "A").Add(7, 1, 'B', 1, "B", 1).ToArray()
            },
            {
                "file:2: C.printable: 'Q' is neither Y nor N (byte 41)",
                new ItchBytes().Directory(7, "A").ExecutedAt(7, 1, 1, 1, 'Q', 1).ToArray()
            },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Says_message_field_and_byte_of_what_is_wrong(string expected, byte[] content) => Assert.Equal(expected, Refusal(content));

    [Fact]
    public void Signs_of_Nasdaq_become_symbols()
    {
        Events(
            new ItchBytes()
                .Directory(1, "ABC=")
                .Directory(2, "ABC^")
                .Directory(3, "ABC#")
                .Directory(4, "BRK.B")
                .Directory(5, "ABC-A")
                .Directory(6, "ABC*")
                .ToArray(),
            out var symbols
        );
        Assert.Equal(["ABC.U", "ABC.RT", "ABC.WI", "BRK.B", "ABC-A", "ABC_2A"], symbols.Names);
    }

    [Fact]
    public void Allocates_nothing_an_event()
    {
        Assert.Equal(Allocated(100), Allocated(5_000));

        static long Allocated(int rounds)
        {
            var writer = new ItchBytes().Directory(7, "AAPL");
            for (var i = 1; i <= rounds; i++)
            {
                writer.Add(7, i, 'B', 100, "AAPL", 1_000_000).Executed(7, i, 30, i).Delete(7, i);
            }

            var bytes = writer.ToArray();
            return Allocations.Of(() =>
            {
                using var reader = ItchReader.Open(new MemoryStream(bytes), "file", Day);
                while (reader.TryRead(out _)) { }
            });
        }
    }

    private static List<string> Messages(byte[] content)
    {
        using var reader = ItchReader.Open(new MemoryStream(content), "file", Day);
        var texts = new List<string>();
        while (reader.TryReadMessage(out var message))
        {
            texts.Add(message.ToString());
        }

        return texts;
    }

    private static List<OrderEvent> Events(byte[] content, out SymbolTable symbols)
    {
        symbols = new SymbolTable();
        return Reading.All(ItchReader.Open(new MemoryStream(content), "file", Day, symbols));
    }

    private static string Refusal(byte[] content) => Assert.Throws<MarketDataException>(() => Events(content, out _)).Message;
}
