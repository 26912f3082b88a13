using System.Buffers.Binary;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>What a packet says, for those who write frames. Prices are in currency.</summary>
public sealed record KiteSnapshot
{
    /// <summary>Instrument token.</summary>
    public required uint Token { get; init; }

    /// <summary>Last price.</summary>
    public required decimal LastPrice { get; init; }

    /// <summary>Quantity of the last trade.</summary>
    public uint LastQuantity { get; init; }

    /// <summary>Volume-weighted average price of the day.</summary>
    public decimal AveragePrice { get; init; }

    /// <summary>Volume of the day.</summary>
    public uint Volume { get; init; }

    /// <summary>Quantity of all buy orders.</summary>
    public uint BuyQuantity { get; init; }

    /// <summary>Quantity of all sell orders.</summary>
    public uint SellQuantity { get; init; }

    /// <summary>The day's first price.</summary>
    public decimal Open { get; init; }

    /// <summary>The day's highest price.</summary>
    public decimal High { get; init; }

    /// <summary>The day's lowest price.</summary>
    public decimal Low { get; init; }

    /// <summary>The previous day's last price.</summary>
    public decimal Close { get; init; }

    /// <summary>When the last trade was.</summary>
    public DateTimeOffset LastTradeTime { get; init; }

    /// <summary>The exchange's time.</summary>
    public DateTimeOffset ExchangeTime { get; init; }

    /// <summary>Bids, best first; at most five.</summary>
    public IReadOnlyList<KiteLevel> Bids { get; init; } = [];

    /// <summary>Offers, best first; at most five.</summary>
    public IReadOnlyList<KiteLevel> Offers { get; init; } = [];
}

/// <summary>Writes binary frames, as the exchange's side does. One caller at a time.</summary>
public sealed class KiteFrameWriter
{
    private byte[] _frame = new byte[1024];
    private int _length = sizeof(ushort);
    private ushort _count;

    /// <summary>The frame so far. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Frame
    {
        get
        {
            BinaryPrimitives.WriteUInt16BigEndian(_frame, _count);
            return _frame.AsMemory(0, _length);
        }
    }

    /// <summary>Starts a new frame.</summary>
    public void Clear()
    {
        _length = sizeof(ushort);
        _count = 0;
    }

    /// <summary>Appends a packet as this mode shows it.</summary>
    public void Add(KiteSnapshot snapshot, KiteMode mode)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var length = LengthOf(snapshot.Token, mode);
        if (_frame.Length < _length + sizeof(ushort) + length)
        {
            Array.Resize(ref _frame, Math.Max(_frame.Length * 2, _length + sizeof(ushort) + length));
        }

        BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(_length), (ushort)length);
        var body = _frame.AsSpan(_length + sizeof(ushort), length);
        body.Clear();
        Write(new Body(body, snapshot.Token), snapshot, mode);
        _length += sizeof(ushort) + length;
        _count++;
    }

    private static int LengthOf(uint token, KiteMode mode) =>
        (mode, KiteSegment.IsTradable(token)) switch
        {
            (KiteMode.Ltp, _) => KitePacket.LtpLength,
            (KiteMode.Quote, true) => KitePacket.QuoteLength,
            (KiteMode.Quote, false) => KitePacket.IndexQuoteLength,
            (_, true) => KitePacket.FullLength,
            (_, false) => KitePacket.IndexFullLength,
        };

    private static void Write(Body body, KiteSnapshot snapshot, KiteMode mode)
    {
        body.U32(0, snapshot.Token);
        body.Price(4, snapshot.LastPrice);
        if (mode == KiteMode.Ltp)
        {
            return;
        }

        if (!KiteSegment.IsTradable(snapshot.Token))
        {
            WriteIndex(body, snapshot, mode);
            return;
        }

        WriteQuote(body, snapshot);
        if (mode == KiteMode.Full)
        {
            WriteFull(body, snapshot);
        }
    }

    private static void WriteIndex(Body body, KiteSnapshot snapshot, KiteMode mode)
    {
        body.Price(8, snapshot.High);
        body.Price(12, snapshot.Low);
        body.Price(16, snapshot.Open);
        body.Price(20, snapshot.Close);
        body.Change(24, snapshot.LastPrice - snapshot.Close);
        if (mode == KiteMode.Full)
        {
            body.Time(28, snapshot.ExchangeTime);
        }
    }

    private static void WriteQuote(Body body, KiteSnapshot snapshot)
    {
        body.U32(8, snapshot.LastQuantity);
        body.Price(12, snapshot.AveragePrice);
        body.U32(16, snapshot.Volume);
        body.U32(20, snapshot.BuyQuantity);
        body.U32(24, snapshot.SellQuantity);
        body.Price(28, snapshot.Open);
        body.Price(32, snapshot.High);
        body.Price(36, snapshot.Low);
        body.Price(40, snapshot.Close);
    }

    private static void WriteFull(Body body, KiteSnapshot snapshot)
    {
        body.Time(44, snapshot.LastTradeTime);
        body.Time(60, snapshot.ExchangeTime);
        for (var level = 0; level < KitePacket.Levels; level++)
        {
            body.Level(level, level < snapshot.Bids.Count ? snapshot.Bids[level] : default);
            body.Level(KitePacket.Levels + level, level < snapshot.Offers.Count ? snapshot.Offers[level] : default);
        }
    }

    private readonly ref struct Body(Span<byte> bytes, uint token)
    {
        private readonly Span<byte> _bytes = bytes;

        public void U32(int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_bytes[offset..], value);

        // What lies outside of the field's range, as a time that is not set does, is written as not known.
        public void Time(int offset, DateTimeOffset value) =>
            U32(offset, value.ToUnixTimeSeconds() is >= 0 and <= uint.MaxValue and var seconds ? (uint)seconds : 0);

        public void Price(int offset, decimal value) => U32(offset, KiteSegment.Raw(token, value));

        public void Change(int offset, decimal value) =>
            BinaryPrimitives.WriteInt32BigEndian(_bytes[offset..], (int)decimal.Round(value * KiteSegment.Divisor(token)));

        public void Level(int index, KiteLevel level)
        {
            var offset = KitePacket.DepthOffset + (index * KitePacket.LevelLength);
            U32(offset, level.Quantity);
            Price(offset + 4, level.Price);
            BinaryPrimitives.WriteUInt16BigEndian(_bytes[(offset + 8)..], level.Orders);
        }
    }
}
