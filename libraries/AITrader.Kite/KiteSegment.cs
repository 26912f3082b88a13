namespace AITrader.Kite;

/// <summary>What an instrument token tells about its segment.</summary>
public static class KiteSegment
{
    /// <summary>Indices: they have a price but no trades, quantities or depth.</summary>
    public const int Indices = 9;

    private const int Cds = 3;
    private const int Bcd = 6;

    /// <summary>The segment: the token's low byte.</summary>
    public static int Of(uint token) => (int)(token & 0xFF);

    /// <summary>Whether it can be traded.</summary>
    public static bool IsTradable(uint token) => Of(token) != Indices;

    /// <summary>What binary prices of the token are divided by.</summary>
    public static int Divisor(uint token) => Of(token) switch
    {
        Cds => 10_000_000,
        Bcd => 10_000,
        _ => 100,
    };

    /// <summary>A binary price in currency.</summary>
    public static decimal Price(uint token, uint raw)
    {
        byte places = Of(token) switch
        {
            Cds => 7,
            Bcd => 4,
            _ => 2,
        };
        return new decimal((int)raw, 0, 0, isNegative: false, places);
    }

    /// <summary>A price as it goes into a packet.</summary>
    public static uint Raw(uint token, decimal price) => (uint)decimal.Round(price * Divisor(token));

    /// <summary>The token of an exchange's own number in a segment.</summary>
    public static uint Token(uint exchangeToken, int segment) => (exchangeToken << 8) | (uint)segment;
}
