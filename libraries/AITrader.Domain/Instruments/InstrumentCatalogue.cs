using System.Collections.Frozen;

namespace AITrader.Domain.Instruments;

/// <summary>Instruments by symbol. Immutable; safe from any thread.</summary>
public sealed class InstrumentCatalogue
{
    private const decimal PennyTick = 0.01m;
    private const decimal SmallestLot = 0.00000001m;

    private readonly FrozenDictionary<string, Instrument> _bySymbol;

    /// <summary>A catalogue of these; of two with one symbol the later one counts, so configured ones come after the defaults.</summary>
    public InstrumentCatalogue(IEnumerable<Instrument> instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        var bySymbol = new Dictionary<string, Instrument>(StringComparer.Ordinal);
        foreach (var instrument in instruments)
        {
            bySymbol[instrument.Symbol] = instrument;
        }

        _bySymbol = bySymbol.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The instruments of the data sets that AITrader ships with, and those of the mock exchange.</summary>
    public static InstrumentCatalogue Default { get; } = new(Defaults());

    /// <summary>All of them, in no order.</summary>
    public IReadOnlyCollection<Instrument> All => _bySymbol.Values;

    /// <summary>The instrument of a symbol, or null where it is not listed.</summary>
    public Instrument? Find(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    /// <summary>The instrument of a symbol; an unlisted one gets the terms that its exchange prefix suggests.</summary>
    public Instrument Get(string symbol) => Find(symbol) ?? Fallback(symbol);

    /// <summary>This catalogue with others added or replaced.</summary>
    public InstrumentCatalogue With(IEnumerable<Instrument> instruments) => new(All.Concat(instruments));

    private static Instrument Fallback(string symbol)
    {
        var colon = symbol.IndexOf(':', StringComparison.Ordinal);
        var exchange = colon > 0 ? symbol[..colon] : "UNKNOWN";
        return exchange is "NSE" or "BSE"
            ? new Instrument(symbol, exchange, "INR", 0.05m, 1m, 3m)
            : new Instrument(symbol, exchange, "USD", PennyTick, SmallestLot, 10m);
    }

    private static IEnumerable<Instrument> Defaults() =>
        [
            new("BTCUSDT", "BINANCE", "USDT", 0.1m, 0.001m, 4m),
            new("BTCUSDT-SPOT", "BINANCE", "USDT", PennyTick, 0.00001m, 10m),
            new("ETHUSD_PERP", "BINANCE", "USD", PennyTick, 1m, 5m),
            new("EURUSD", "OANDA", "USD", 0.00001m, 1m, 0.2m) { IsQuotedOnly = true },
            new("BTCUSD", "COINBASE", "USD", PennyTick, SmallestLot, 40m),
            .. Nse("INFY", "RELIANCE", "TCS", "HDFCBANK", "SBIN", "YESBANK", "JUNIORBEES", "CCCL"),
            new("NSE:NIFTY 50", "NSE", "INR", 0.05m, 1m, 0m) { IsTradable = false },
        ];

    private static IEnumerable<Instrument> Nse(params string[] names) =>
        names.Select(static name => new Instrument($"NSE:{name}", "NSE", "INR", 0.05m, 1m, 3m));
}
