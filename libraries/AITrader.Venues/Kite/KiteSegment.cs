namespace AITrader.Venues.Kite;

/// <summary>The segment of an instrument token, and what follows from it.</summary>
/// <remarks>
/// Known are NSE 1, NFO 2, CDS 3, BSE 4, BFO 5, BCD 6, MCX 7, MCX-SX 8, indices 9 and NCO 12. The divisor of prices of any other
/// segment is not known, so that tokens of such a segment
/// have no prices. Sources: Kite's documentation, "WebSocket streaming"; Kite's own clients, of which pykiteconnect 243 and gokiteconnect
/// 137 tell the divisor of NCO.
/// </remarks>
public static class KiteSegment
{
    /// <summary>Indices: they have a price but no trades, quantities or depth.</summary>
    public const int Indices = 9;

    private const int Nse = 1;
    private const int Nfo = 2;
    private const int Cds = 3;
    private const int Bse = 4;
    private const int Bfo = 5;
    private const int Bcd = 6;
    private const int Mcx = 7;
    private const int McxSx = 8;
    private const int Nco = 12;
    private const int Unknown = -1;

    /// <summary>The segment: the token's low byte.</summary>
    public static int Of(uint token) => (int)(token & 0xFF);

    /// <summary>Whether the divisor of its prices is known.</summary>
    public static bool IsKnown(uint token) => Places(Of(token)) != Unknown;

    /// <summary>Whether it can be traded.</summary>
    public static bool IsTradable(uint token) => Of(token) != Indices;

    /// <summary>What binary prices of the token are divided by.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Its segment is not known.</exception>
    public static int Divisor(uint token) =>
        KnownPlaces(token) switch
        {
            7 => 10_000_000,
            4 => 10_000,
            _ => 100,
        };

    /// <summary>A binary price in currency.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The token's segment is not known.</exception>
    public static decimal Price(uint token, uint raw) => new((int)raw, 0, 0, isNegative: false, (byte)KnownPlaces(token));

    /// <summary>A price as it goes into a packet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The token's segment is not known.</exception>
    public static uint Raw(uint token, decimal price) => (uint)decimal.Round(price * Divisor(token));

    /// <summary>The token of an exchange's own number in a segment.</summary>
    public static uint Token(uint exchangeToken, int segment) => (exchangeToken << 8) | (uint)segment;

    private static int KnownPlaces(uint token)
    {
        var places = Places(Of(token));
        return places != Unknown
            ? places
            : throw new ArgumentOutOfRangeException(nameof(token), token, $"segment {Of(token)} is not known");
    }

    /// <summary>Decimals of a segment's binary prices.</summary>
    private static int Places(int segment) =>
        segment switch
        {
            Nse or Nfo or Bse or Bfo or Mcx or McxSx or Indices => 2,
            Bcd or Nco => 4,
            Cds => 7,
            _ => Unknown,
        };
}
