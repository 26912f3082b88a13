using System.Buffers.Binary;

namespace AITrader.Venues.Kite.Ticker;

/// <summary>One instrument's packet of a frame, read in place: no copy, no allocation. It lives as long as its buffer.</summary>
/// <remarks>
/// Big-endian. Body lengths tell the kind: 8 ltp, 44 quote, 184 full, 28 index quote, 32 index full. Indices have the day's prices in
/// another order
/// than instruments that trade: high, low, open, close. What a kind does not carry reads as zero.
/// </remarks>
public readonly ref struct KitePacket
{
    /// <summary>Body of an ltp packet.</summary>
    public const int LtpLength = 8;

    /// <summary>Body of a quote packet.</summary>
    public const int QuoteLength = 44;

    /// <summary>Body of a full packet.</summary>
    public const int FullLength = 184;

    /// <summary>Body of an index's quote packet.</summary>
    public const int IndexQuoteLength = 28;

    /// <summary>Body of an index's full packet.</summary>
    public const int IndexFullLength = 32;

    /// <summary>Levels of depth on each side.</summary>
    public const int Levels = 5;

    internal const int DepthOffset = 64;
    internal const int LevelLength = 12;

    private readonly ReadOnlySpan<byte> _body;

    private KitePacket(ReadOnlySpan<byte> body) => _body = body;

    /// <summary>Instrument token.</summary>
    public uint Token => U32(0);

    /// <summary>False for indices.</summary>
    public bool IsTradable => KiteSegment.IsTradable(Token);

    /// <summary>How much it tells.</summary>
    public KiteMode Mode =>
        _body.Length switch
        {
            LtpLength => KiteMode.Ltp,
            QuoteLength or IndexQuoteLength => KiteMode.Quote,
            _ => KiteMode.Full,
        };

    /// <summary>Last price.</summary>
    public decimal LastPrice => Price(4);

    /// <summary>Quantity of the last trade.</summary>
    public uint LastQuantity => Tradable(8);

    /// <summary>Volume-weighted average price of the day.</summary>
    public decimal AveragePrice => TradablePrice(12);

    /// <summary>Volume of the day.</summary>
    public uint Volume => Tradable(16);

    /// <summary>Quantity of all buy orders.</summary>
    public uint BuyQuantity => Tradable(20);

    /// <summary>Quantity of all sell orders.</summary>
    public uint SellQuantity => Tradable(24);

    /// <summary>The day's first price.</summary>
    public decimal Open => Price(IsIndex ? 16 : 28);

    /// <summary>The day's highest price.</summary>
    public decimal High => Price(IsIndex ? 8 : 32);

    /// <summary>The day's lowest price.</summary>
    public decimal Low => Price(IsIndex ? 12 : 36);

    /// <summary>The previous day's last price.</summary>
    public decimal Close => Price(IsIndex ? 20 : 40);

    /// <summary>When the last trade was, in whole seconds; the epoch where the packet does not say.</summary>
    public DateTimeOffset LastTradeTime => DateTimeOffset.FromUnixTimeSeconds(Full(44));

    /// <summary>Open interest.</summary>
    public uint OpenInterest => Full(48);

    /// <summary>The day's highest open interest.</summary>
    public uint OpenInterestHigh => Full(52);

    /// <summary>The day's lowest open interest.</summary>
    public uint OpenInterestLow => Full(56);

    /// <summary>The exchange's time, in whole seconds; the epoch where the packet does not say.</summary>
    public DateTimeOffset ExchangeTime => DateTimeOffset.FromUnixTimeSeconds(_body.Length == IndexFullLength ? U32(28) : Full(60));

    /// <summary>Whether it carries depth.</summary>
    public bool HasDepth => _body.Length == FullLength;

    private bool IsIndex => _body.Length is IndexQuoteLength or IndexFullLength;

    /// <summary>A packet over its body; false where no kind has this length, or its segment is not known.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out KitePacket packet)
    {
        var isReadable = IsKnown(body.Length) && KiteSegment.IsKnown(BinaryPrimitives.ReadUInt32BigEndian(body));
        packet = isReadable ? new KitePacket(body) : default;
        return isReadable;
    }

    /// <summary>Whether some kind of packet has this length.</summary>
    internal static bool IsKnown(int length) => length is LtpLength or QuoteLength or FullLength or IndexQuoteLength or IndexFullLength;

    /// <summary>The nth best bid, from 0; empty where there is no depth.</summary>
    public KiteLevel Bid(int level) => Level(level);

    /// <summary>The nth best offer, from 0; empty where there is no depth.</summary>
    public KiteLevel Offer(int level) => Level(Levels + level);

    private KiteLevel Level(int index)
    {
        if (!HasDepth)
        {
            return default;
        }

        var offset = DepthOffset + (index * LevelLength);
        return new KiteLevel(U32(offset), Price(offset + 4), BinaryPrimitives.ReadUInt16BigEndian(_body[(offset + 8)..]));
    }

    private uint U32(int offset) => offset + sizeof(uint) <= _body.Length ? BinaryPrimitives.ReadUInt32BigEndian(_body[offset..]) : 0;

    private uint Tradable(int offset) => IsIndex ? 0 : U32(offset);

    private uint Full(int offset) => _body.Length == FullLength ? U32(offset) : 0;

    private decimal Price(int offset) => KiteSegment.Price(Token, U32(offset));

    private decimal TradablePrice(int offset) => IsIndex ? 0 : Price(offset);
}

/// <summary>One level of depth.</summary>
/// <param name="Quantity">Quantity of its orders.</param>
/// <param name="Price">Price.</param>
/// <param name="Orders">Number of its orders.</param>
public readonly record struct KiteLevel(uint Quantity, decimal Price, ushort Orders);
