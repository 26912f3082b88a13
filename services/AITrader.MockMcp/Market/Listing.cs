using AITrader.Venues.Kite;

namespace AITrader.MockMcp.Market;

/// <summary>An instrument of the mock exchange. Its token is that of the real NSE.</summary>
internal sealed record Listing(uint ExchangeToken, int SegmentCode, string Symbol, string Name, string Isin, decimal BasePrice, double Beta)
{
    public const decimal TickSize = 0.05m;

    private const int Nse = 1;

    public static IReadOnlyList<Listing> All { get; } =
    [
        new(1594, Nse, "INFY", "INFOSYS", "INE009A01021", 1567.80m, 1.1),
        new(2885, Nse, "RELIANCE", "RELIANCE INDUSTRIES", "INE002A01018", 2934.25m, 1.0),
        new(11536, Nse, "TCS", "TATA CONSULTANCY SERV LT", "INE467B01029", 4216.10m, 0.8),
        new(1333, Nse, "HDFCBANK", "HDFC BANK", "INE040A01034", 1641.35m, 1.2),
        new(3045, Nse, "SBIN", "STATE BANK OF INDIA", "INE062A01020", 812.60m, 1.4),
        new(1001, KiteSegment.Indices, "NIFTY 50", "NIFTY 50", "", 24297.50m, 1.0),
    ];

    public static Listing? Find(string exchange, string symbol) =>
        exchange == Exchange ? All.FirstOrDefault(listing => listing.Symbol == symbol) : null;

    public static Listing? Find(uint token) => All.FirstOrDefault(listing => listing.Token == token);

    public uint Token => KiteSegment.Token(ExchangeToken, SegmentCode);

    public bool IsIndex => SegmentCode == KiteSegment.Indices;

    public string Segment => IsIndex ? "INDICES" : "NSE";

    public static string InstrumentType => "EQ";

    public static string Exchange => "NSE";

    public string Key => $"{Exchange}:{Symbol}";
}
