using System.Text.Json;
using AITrader.TestSupport;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Ticker;

namespace AITrader.Venues.Tests.Kite;

public sealed class FrameTests
{
    private const uint Infy = 408065;
    private const uint Nifty = 256265;

    private static readonly KiteSnapshot Snapshot = new()
    {
        Token = Infy,
        LastPrice = 1573.15m,
        LastQuantity = 3,
        AveragePrice = 1570.33m,
        Volume = 1_175_986,
        BuyQuantity = 256_511,
        SellQuantity = 360_503,
        Open = 1569.15m,
        High = 1575m,
        Low = 1561.05m,
        Close = 1567.8m,
        LastTradeTime = DateTimeOffset.FromUnixTimeSeconds(1_700_000_001),
        ExchangeTime = DateTimeOffset.FromUnixTimeSeconds(1_700_000_002),
        Bids = [.. Enumerable.Range(0, 5).Select(static i => new KiteLevel((uint)(100 + i), 1573.10m - (0.05m * i), (ushort)(i + 1)))],
        Offers = [.. Enumerable.Range(0, 5).Select(static i => new KiteLevel((uint)(200 + i), 1573.15m + (0.05m * i), (ushort)(i + 9)))],
    };

    [Fact]
    public void Reads_the_quote_packet_of_kites_own_fixtures()
    {
        var folder = SharedData.Require("kite/ticker");
        var body = Convert.FromBase64String(File.ReadAllText(Path.Combine(folder, "ticker_quote.packet")).Trim());
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "ticker_quote.json"))).RootElement;

        Assert.True(KitePacket.TryRead(body, out var packet));
        Assert.Equal(KiteMode.Quote, packet.Mode);
        Assert.Equal(expected.GetProperty("instrument_token").GetUInt32(), packet.Token);
        Assert.Equal(expected.GetProperty("tradable").GetBoolean(), packet.IsTradable);
        Assert.Equal(expected.GetProperty("last_price").GetDecimal(), packet.LastPrice);
        Assert.Equal(expected.GetProperty("last_quantity").GetUInt32(), packet.LastQuantity);
        Assert.Equal(expected.GetProperty("average_price").GetDecimal(), packet.AveragePrice);
        Assert.Equal(expected.GetProperty("volume").GetUInt32(), packet.Volume);
        Assert.Equal(expected.GetProperty("buy_quantity").GetUInt32(), packet.BuyQuantity);
        Assert.Equal(expected.GetProperty("sell_quantity").GetUInt32(), packet.SellQuantity);
        var ohlc = expected.GetProperty("ohlc");
        Assert.Equal(ohlc.GetProperty("open").GetDecimal(), packet.Open);
        Assert.Equal(ohlc.GetProperty("high").GetDecimal(), packet.High);
        Assert.Equal(ohlc.GetProperty("low").GetDecimal(), packet.Low);
        Assert.Equal(ohlc.GetProperty("close").GetDecimal(), packet.Close);
    }

    [Fact]
    public void Writes_the_quote_packet_of_kites_own_fixtures()
    {
        var body = Convert.FromBase64String(
            File.ReadAllText(Path.Combine(SharedData.Require("kite/ticker"), "ticker_quote.packet")).Trim()
        );
        var writer = new KiteFrameWriter();
        writer.Add(Snapshot with { LastQuantity = 1 }, KiteMode.Quote);
        Assert.Equal([0, 1, 0, 44, .. body], writer.Frame.ToArray());
    }

    [Fact]
    public void Reads_a_full_packet_byte_by_byte()
    {
        // Written by hand from the table: token, last, depth at 64, twelve bytes a level.
        var body = new byte[184];
        new byte[] { 0, 6, 0x3A, 0x01 }.CopyTo(body, 0);
        new byte[] { 0, 0, 0x27, 0x10 }.CopyTo(body, 4);
        new byte[] { 0x65, 0x53, 0xF1, 0x01 }.CopyTo(body, 44);
        new byte[] { 0x65, 0x53, 0xF1, 0x02 }.CopyTo(body, 60);
        new byte[] { 0, 0, 0, 7, 0, 0, 0x27, 0x0B, 0, 2 }.CopyTo(body, 64);
        new byte[] { 0, 0, 0, 9, 0, 0, 0x27, 0x15, 0, 4 }.CopyTo(body, 124);

        Assert.True(KitePacket.TryRead(body, out var packet));
        Assert.Equal((408065u, 100.00m, KiteMode.Full), (packet.Token, packet.LastPrice, packet.Mode));
        Assert.Equal((0x6553F101, 0x6553F102), (packet.LastTradeTime.ToUnixTimeSeconds(), packet.ExchangeTime.ToUnixTimeSeconds()));
        Assert.Equal(new KiteLevel(7, 99.95m, 2), packet.Bid(0));
        Assert.Equal(new KiteLevel(9, 100.05m, 4), packet.Offer(0));
    }

    [Theory]
    [InlineData(Infy, KiteMode.Ltp, 8)]
    [InlineData(Infy, KiteMode.Quote, 44)]
    [InlineData(Infy, KiteMode.Full, 184)]
    [InlineData(Nifty, KiteMode.Ltp, 8)]
    [InlineData(Nifty, KiteMode.Quote, 28)]
    [InlineData(Nifty, KiteMode.Full, 32)]
    public void What_is_written_reads_back(uint token, KiteMode mode, int length)
    {
        var writer = new KiteFrameWriter();
        writer.Add(Snapshot with { Token = token }, mode);
        Assert.Equal(4 + length, writer.Frame.Length);
        var frame = new KiteFrame(writer.Frame.Span);
        Assert.True(frame.MoveNext());
        var packet = frame.Current;
        Assert.Equal((token, mode == KiteMode.Ltp ? KiteMode.Ltp : mode, 1573.15m), (packet.Token, packet.Mode, packet.LastPrice));
        Assert.Equal(
            mode == KiteMode.Ltp ? (0, 0, 0, 0) : (1569.15m, 1575m, 1561.05m, 1567.8m),
            (packet.Open, packet.High, packet.Low, packet.Close)
        );
        Assert.Equal(mode != KiteMode.Ltp && token == Infy ? 1_175_986u : 0, packet.Volume);
        Assert.Equal(mode == KiteMode.Full && token == Infy ? Snapshot.Offers[4] : default, packet.Offer(4));
        Assert.Equal(mode == KiteMode.Full ? 1_700_000_002 : 0, packet.ExchangeTime.ToUnixTimeSeconds());
        Assert.False(frame.MoveNext());
        Assert.False(frame.IsDamaged);
    }

    [Theory]
    [InlineData(408065u, 157315u, "1573.15")]
    [InlineData(259u, 832512500u, "83.25125")]
    [InlineData(262u, 832500u, "83.25")]
    [InlineData(258u, 1_234_550u, "12345.50")]
    [InlineData(260u, 99_995u, "999.95")]
    [InlineData(261u, 105u, "1.05")]
    [InlineData(263u, 7_500_000u, "75000.00")]
    [InlineData(264u, 100u, "1.00")]
    [InlineData(265u, 2_429_750u, "24297.50")]
    [InlineData(268u, 3_782_000u, "378.2000")]
    [InlineData(268u, 1u, "0.0001")]
    [InlineData(408065u, 4294967295u, "42949672.95")]
    public void The_segment_tells_the_divisor(uint token, uint raw, string price)
    {
        var expected = decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, KiteSegment.Price(token, raw));
        Assert.Equal(raw, KiteSegment.Raw(token, expected));
    }

    [Fact]
    public void The_price_of_an_unknown_segment_is_refused_with_its_number()
    {
        int[] known = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12];
        foreach (var segment in Enumerable.Range(0, 256).Except(known))
        {
            var token = KiteSegment.Token(77, segment);
            Assert.False(KiteSegment.IsKnown(token));
            Assert.Contains(
                $"segment {segment} is not known",
                Assert.Throws<ArgumentOutOfRangeException>(() => KiteSegment.Price(token, 1)).Message,
                StringComparison.Ordinal
            );
            Assert.Throws<ArgumentOutOfRangeException>(() => KiteSegment.Raw(token, 1m));
        }

        Assert.All(known, static segment => Assert.True(KiteSegment.IsKnown(KiteSegment.Token(77, segment))));
    }

    [Theory]
    [InlineData(184, 13, KiteRefusal.Segment)]
    [InlineData(8, 0, KiteRefusal.Segment)]
    [InlineData(44, 255, KiteRefusal.Segment)]
    [InlineData(52, 1, KiteRefusal.Length)]
    [InlineData(200, 1, KiteRefusal.Length)]
    [InlineData(4, 1, KiteRefusal.Length)]
    [InlineData(0, 0, KiteRefusal.Length)]
    public void A_packet_that_cannot_be_read_is_named_and_costs_no_other(int length, int segment, KiteRefusal reason)
    {
        var token = length >= 4 ? KiteSegment.Token(77, segment) : 0;
        var odd = new byte[length];
        if (length >= 4)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(odd, token);
        }

        var frame = new KiteFrame([0, 3, .. Ltp(150_05), (byte)(length >> 8), (byte)length, .. odd, .. Ltp(151_05)]);
        Assert.True(frame.MoveNext());
        Assert.Equal((150.05m, null), (frame.Current.LastPrice, frame.Refused));
        Assert.True(frame.MoveNext());
        Assert.Equal(new KiteRefusedPacket(reason, length, token), frame.Refused);
        Assert.Equal(segment, frame.Refused!.Value.Segment);
        Assert.True(frame.MoveNext());
        Assert.Equal((151.05m, null), (frame.Current.LastPrice, frame.Refused));
        Assert.False(frame.MoveNext());
        Assert.False(frame.IsDamaged);

        static byte[] Ltp(int raw) => [0, 8, 0, 6, 0x3A, 0x01, 0, 0, (byte)(raw >> 8), (byte)raw];
    }

    [Fact]
    public void Times_that_are_not_set_are_written_as_not_known()
    {
        var writer = new KiteFrameWriter();
        writer.Add(Snapshot with { LastTradeTime = default, ExchangeTime = default }, KiteMode.Full);
        var frame = new KiteFrame(writer.Frame.Span);
        Assert.True(frame.MoveNext());
        Assert.Equal((DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), (frame.Current.LastTradeTime, frame.Current.ExchangeTime));
    }

    [Theory]
    [InlineData(
        """{"type":"error","data":"Can't subscribe to more than 3000 instruments."}""",
        "error",
        "Can't subscribe to more than 3000 instruments."
    )]
    [InlineData("""{"data":{"order_id":"1"},"type":"order"}""", "order", """{"order_id":"1"}""")]
    [InlineData("""{"type":"error"}""", null, null)]
    [InlineData("""{"type":5,"data":"x"}""", null, null)]
    [InlineData("""["error","data"]""", null, null)]
    [InlineData("Service unavailable", null, null)]
    public void Text_messages_are_read_or_none(string json, string? type, string? data)
    {
        Assert.Equal(type is not null, KiteTickerText.TryRead(json, out var text));
        Assert.Equal((type, data), (text?.Type, text?.Data));
    }

    [Fact]
    public void A_token_is_the_exchanges_number_and_the_segment()
    {
        Assert.Equal(Infy, KiteSegment.Token(1594, 1));
        Assert.Equal(KiteSegment.Indices, KiteSegment.Of(Nifty));
        Assert.False(KiteSegment.IsTradable(Nifty));
    }

    [Fact]
    public void A_heartbeat_holds_nothing_and_is_no_damage()
    {
        var frame = new KiteFrame([0]);
        Assert.True(frame.IsHeartbeat);
        Assert.False(frame.MoveNext());
        Assert.False(frame.IsDamaged);
    }

    [Fact]
    public void Damaged_frames_are_noticed_and_never_crash()
    {
        var writer = new KiteFrameWriter();
        writer.Add(Snapshot, KiteMode.Full);
        writer.Add(Snapshot with { Token = Nifty }, KiteMode.Full);
        writer.Add(Snapshot, KiteMode.Ltp);
        var whole = writer.Frame.ToArray();
        for (var length = 2; length < whole.Length; length++)
        {
            Assert.True(IsDamaged(whole.AsSpan(0, length)), $"{length} of {whole.Length} bytes");
        }

        Assert.False(IsDamaged(whole));
        Assert.True(IsDamaged([.. whole, 1]));
        Assert.True(IsDamaged([]));
        var random = new Random(17);
        var noise = new byte[400];
        for (var round = 0; round < 10_000; round++)
        {
            random.NextBytes(noise);
            IsDamaged(noise.AsSpan(0, random.Next(noise.Length)));
        }
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var writer = new KiteFrameWriter();
        writer.Add(Snapshot, KiteMode.Full);
        writer.Add(Snapshot with { Token = Nifty }, KiteMode.Full);
        var bytes = writer.Frame.ToArray();
        var sum = 0m;

        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    sum += Sum(bytes);
                }
            })
        );
        Assert.True(sum > 0);
    }

    private static decimal Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0m;
        var frame = new KiteFrame(bytes);
        while (frame.MoveNext())
        {
            sum += frame.Current.LastPrice + frame.Current.Close + frame.Current.Bid(0).Price + frame.Current.Offer(4).Price;
        }

        return sum;
    }

    private static bool IsDamaged(ReadOnlySpan<byte> bytes)
    {
        var frame = new KiteFrame(bytes);
        while (frame.MoveNext())
        {
            _ = frame.Refused is null ? frame.Current.LastPrice : 0;
        }

        return frame.IsDamaged;
    }
}
