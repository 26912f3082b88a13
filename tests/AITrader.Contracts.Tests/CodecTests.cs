using System.Globalization;
using System.Text;
using AITrader.Contracts.Codecs;
using AITrader.Contracts.Messages;
using AITrader.Domain.Prices;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.TestSupport;

namespace AITrader.Contracts.Tests;

public sealed class CodecTests
{
    private static readonly string[] TickFields =
    [
        "symbol",
        "price",
        "volume",
        "timestamp",
        "kind",
        "bid",
        "bid_size",
        "ask",
        "ask_size",
        "source",
        "seq",
        "run",
        "trace",
    ];

    [Fact]
    public void Fields_have_the_names_of_the_architecture()
    {
        Assert.Equal(TickFields, Names(FullTick()));
        Assert.Equal(
            ["id", "symbol", "score", "timestamp", "pattern", "direction", "price", "tick_id", "seq", "run", "features", "trace"],
            Names(Messages.Signal(new Random(1)))
        );
        Assert.Equal(
            [
                "id",
                "symbol",
                "side",
                "qty",
                "price",
                "type",
                "tif",
                "trigger_price",
                "trailing_amount",
                "trailing_bps",
                "display_qty",
                "good_till",
                "reduce_only",
                "post_only",
                "parent_id",
                "oco_group",
                "event",
                "decision_id",
                "client_order_id",
                "origin",
                "timestamp",
                "seq",
                "run",
                "reason",
                "trace",
            ],
            Names(Messages.Order(new Random(1)))
        );
        Assert.Equal(
            ["order_id", "fill_qty", "fill_price", "symbol", "side", "fee", "exec_id", "liquidity", "timestamp", "seq", "run", "trace"],
            Names(Messages.Fill(new Random(1)))
        );
        Assert.Equal(
            ["id", "signal_id", "symbol", "action", "score", "factors", "provenance", "timestamp", "seq", "run", "trace"],
            Names(Messages.Decision(new Random(1)))
        );
        Assert.Equal(
            ["symbol", "score", "confidence", "authenticity", "sources", "window", "timestamp", "model"],
            Names(Messages.Sentiment(new Random(1)))
        );
        Assert.Equal(["id", "type"], Names(new JobMessage { Id = Guid.Empty, Type = "backtest" }));
        Assert.Equal(["id", "score", "pattern", "meta"], Names(SymbolSignal.From(Messages.Signal(new Random(1)))));
    }

    [Theory]
    [InlineData("symbol")]
    [InlineData("source")]
    [InlineData("run")]
    [InlineData("trace")]
    public void Text_that_no_column_holds_is_refused_with_its_field(string field)
    {
        var text = StreamText.Write(FullTick()).Select(pair => pair.Key == field ? KeyValuePair.Create(field, "a\0b") : pair).ToList();
        var refusal = Assert.Throws<StreamFormatException>(() => StreamText.Read<Tick>(text, "7-0"));
        Assert.Equal($"entry 7-0: field '{field}' holds the character U+0000", refusal.Message);
    }

    [Fact]
    public void Flags_and_receive_time_of_a_tick_are_written_only_where_there_are_any_and_unknown_flags_are_passed_over()
    {
        var odd = FullTick() with { Flags = TickFlags.Filled | TickFlags.OffTick, ReceivedAt = DateTimeOffset.UnixEpoch.AddTicks(10) };
        Assert.Equal([.. TickFields, "flags", "received_at"], Names(odd));
        var text = StreamText.Write(odd);
        Assert.Equal(("filled,off_tick", "1970-01-01T00:00:00.000001Z"), (Value(text, "flags"), Value(text, "received_at")));
        Assert.Equal(odd, StreamText.Read<Tick>(text));
        var newer = text.Select(static pair =>
                pair.Key == "flags" ? new KeyValuePair<string, string>("flags", "locked,from_tomorrow") : pair
            )
            .ToList();
        Assert.Equal(TickFlags.Locked, StreamText.Read<Tick>(newer).Flags);

        static string Value(IEnumerable<KeyValuePair<string, string>> fields, string name) => fields.Single(pair => pair.Key == name).Value;
    }

    [Fact]
    public void Every_message_reads_back_as_it_was()
    {
        var random = new Random(20240808);
        for (var round = 0; round < 2000; round++)
        {
            RoundTrip(Messages.Tick(random));
            RoundTrip(Messages.Order(random));
            RoundTrip(Messages.Fill(random));
            RoundTrip(Messages.Decision(random));
            RoundTrip(Messages.Sentiment(random));
            RoundTrip(new JobMessage { Id = Messages.Id(random), Type = "backtest" });
            SameSignal(Messages.Signal(random));
        }
    }

    [Fact]
    public void An_outbox_row_reads_back_as_it_was()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var order = Messages.Order(random);
            Assert.Equal(order, StreamText.Read<OrderMessage>(StreamText.FromJson(StreamText.ToJson(order))));
        }

        Assert.Throws<FormatException>(() => StreamText.FromJson("[1]"));
        Assert.Throws<FormatException>(() => StreamText.FromJson("{\"a\":1}"));
    }

    [Fact]
    public void The_culture_of_the_thread_changes_nothing()
    {
        var tick = Messages.Tick(new Random(3));
        var expected = StreamText.Write(tick);
        var before = CultureInfo.CurrentCulture;
        try
        {
            // Invariant globalisation has no German; a culture built by hand has its comma all the same.
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, StreamText.Write(tick));
            Assert.Equal(tick, StreamText.Read<Tick>(expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Fields_may_come_in_any_order_with_unknown_ones_between()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var tick = Messages.Tick(random);
            var fields = StreamText.Write(tick).Append(new("later_addition", "x")).ToArray();
            random.Shuffle(fields);
            Assert.Equal(tick, StreamText.Read<Tick>(fields));
        }
    }

    [Theory]
    [InlineData("symbol", null, "is missing")]
    [InlineData("symbol", "", "is empty")]
    [InlineData("price", null, "is missing")]
    [InlineData("price", "", "is not a decimal number")]
    [InlineData("price", "1,5", "is not a decimal number")]
    [InlineData("price", " 1.5", "is not a decimal number")]
    [InlineData("price", "1e3", "is not a decimal number")]
    [InlineData("price", "NaN", "is not a decimal number")]
    [InlineData("bid", "x", "is not a decimal number")]
    [InlineData("price", "9223372036.854775808", "is too large for a price")]
    [InlineData("volume", "92233720368.54775808", "is too large for a quantity")]
    [InlineData("timestamp", "2024-08-08 23:54:15Z", "is not an instant like 2024-08-08T23:54:15.030314Z")]
    [InlineData("timestamp", "2024-08-08T23:54:15+05:30", "is not an instant like 2024-08-08T23:54:15.030314Z")]
    [InlineData("timestamp", "2024-02-30T23:54:15Z", "is not an instant like 2024-08-08T23:54:15.030314Z")]
    [InlineData("timestamp", "2024-08-08T24:00:00Z", "is not an instant like 2024-08-08T23:54:15.030314Z")]
    [InlineData("kind", "Trade", "is neither trade nor quote")]
    [InlineData("seq", "1.0", "is not a whole number")]
    [InlineData("seq", "9223372036854775808", "is not a whole number")]
    public void A_malformed_tick_is_refused_with_field_and_entry(string field, string? value, string problem)
    {
        var fields = StreamText.Write(FullTick()).Where(pair => pair.Key != field).ToList();
        if (value is not null)
        {
            fields.Add(new(field, value));
        }

        var refusal = Assert.Throws<StreamFormatException>(() => StreamText.Read<Tick>(fields, "17-3"));
        Assert.Equal($"entry 17-3: field '{field}' {problem}", refusal.Message);
        Assert.Equal(("17-3", field), (refusal.EntryId, refusal.Field));
    }

    [Theory]
    [InlineData("price", "0.1234567891", 0.123456789)]
    [InlineData("price", "0.1234567895000000001", 0.123456790)]
    [InlineData("price", "-37.63", -37.63)]
    [InlineData("price", "9223372036.854775807", 9223372036.854775807)]
    [InlineData("volume", "1.000000009", 1.0)]
    [InlineData("bid_size", "0.000000019", 0.00000001)]
    public void Another_writer_s_finer_price_is_rounded_and_of_a_finer_quantity_counts_what_is_there(
        string field,
        string value,
        double expected
    )
    {
        var fields = StreamText.Write(FullTick()).Where(pair => pair.Key != field).Append(new(field, value)).ToList();

        var tick = StreamText.Read<Tick>(fields, "17-3");

        var read = field switch
        {
            "price" => tick.Price.ToDouble(),
            "volume" => tick.Volume.ToDouble(),
            _ => tick.BidSize!.Value.ToDouble(),
        };
        Assert.Equal(expected, read);
    }

    [Theory]
    [InlineData("id", "not-an-id")]
    [InlineData("id", "{00000000-0000-0000-0000-000000000000}")]
    [InlineData("score", "Infinity")]
    [InlineData("direction", "UP")]
    [InlineData("features", "{")]
    [InlineData("features", "null")]
    [InlineData("features", "{\"ema_fast\":1}")]
    public void A_malformed_signal_is_refused(string field, string value)
    {
        var fields = StreamText.Write(Messages.Signal(new Random(1))).Where(pair => pair.Key != field).Append(new(field, value)).ToList();
        Assert.Equal(field, Assert.Throws<StreamFormatException>(() => StreamText.Read<Signal>(fields)).Field);
    }

    [Fact]
    public void Damaged_bytes_are_refused_and_never_crash()
    {
        var random = new Random(99);
        for (var round = 0; round < 5000; round++)
        {
            var fields = StreamText
                .Write(Messages.Tick(random))
                .Select(static pair => new StreamField(Encoding.UTF8.GetBytes(pair.Key), Encoding.UTF8.GetBytes(pair.Value)))
                .ToArray();
            var damaged = random.Next(fields.Length);
            var bytes = fields[damaged].Value.ToArray();
            if (bytes.Length > 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            fields[damaged] = fields[damaged] with { Value = bytes.AsMemory(0, random.Next(bytes.Length + 1)) };
            try
            {
                StreamCodecs.For<Tick>().Decode("1-0", fields);
            }
            catch (StreamFormatException refusal)
            {
                Assert.Equal(Encoding.UTF8.GetString(fields[damaged].Name.Span), refusal.Field);
            }
        }
    }

    [Fact]
    public void A_number_that_is_none_is_not_written() =>
        Assert.Throws<ArgumentException>(() => StreamText.Write(Messages.Sentiment(new Random(1)) with { Score = double.NaN }));

    [Fact]
    public void What_is_no_message_has_no_codec() => Assert.Throws<NotSupportedException>(StreamCodecs.For<string>);

    [Fact]
    public void Encoding_into_a_used_buffer_allocates_nothing()
    {
        var tick = Messages.Tick(new Random(5));
        var codec = StreamCodecs.For<Tick>();
        var buffer = new FieldBuffer(4096);

        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    buffer.Clear();
                    codec.Encode(tick, buffer);
                }
            })
        );
    }

    [Fact]
    public void Slices_stay_what_they_were_when_the_buffer_grows()
    {
        var buffer = new FieldBuffer(64);
        var codec = StreamCodecs.For<Tick>();
        var random = new Random(8);
        var kept = new List<(string Expected, ReadOnlyMemory<byte> Slice)>();
        for (var i = 0; i < 500; i++)
        {
            buffer.NextEntry();
            codec.Encode(Messages.Tick(random), buffer);
            for (var field = 0; field < buffer.Count; field++)
            {
                kept.Add((Encoding.UTF8.GetString(buffer.ValueAt(field).Span), buffer.ValueAt(field)));
            }
        }

        Assert.All(kept, static slice => Assert.Equal(slice.Expected, Encoding.UTF8.GetString(slice.Slice.Span)));
    }

    private static Tick FullTick() =>
        Messages.Tick(new Random(1)) with
        {
            Bid = Price.Of(1),
            BidSize = Quantity.Of(2),
            Ask = Price.Of(3),
            AskSize = Quantity.Of(4),
            Run = "r",
            Trace = "t",
            Flags = TickFlags.None,
            ReceivedAt = null,
        };

    private static IEnumerable<string> Names<T>(T message)
        where T : class => StreamText.Write(message).Select(static pair => pair.Key);

    private static void RoundTrip<T>(T message)
        where T : class => Assert.Equal(message, StreamText.Read<T>(StreamText.Write(message)));

    private static void SameSignal(Signal signal)
    {
        var read = StreamText.Read<Signal>(StreamText.Write(signal));
        Assert.Equal(signal.Features.Window, read.Features.Window);
        Assert.Equal(signal.Features.Evidence, read.Features.Evidence);

        // Lists and dictionaries compare by reference in a record: the rest with the same ones.
        var features = read.Features with { Window = signal.Features.Window, Evidence = signal.Features.Evidence };
        Assert.Equal(signal, read with { Features = features });
    }
}
