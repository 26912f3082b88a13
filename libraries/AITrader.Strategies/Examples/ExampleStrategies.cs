using System.Collections.Frozen;

namespace AITrader.Strategies.Examples;

/// <summary>The strategies that come with AITrader, by name.</summary>
public static class ExampleStrategies
{
    /// <summary>Makes a new one, by name.</summary>
    public static FrozenDictionary<string, Func<Strategy>> All { get; } =
        new Dictionary<string, Func<Strategy>>(StringComparer.Ordinal)
        {
            ["ema-cross"] = static () => new EmaCross(),
            ["vwap-reversion"] = static () => new VwapReversion(),
            ["opening-range"] = static () => new OpeningRange(),
            ["pairs"] = static () => new Pairs(),
            ["forecast-driven"] = static () => new ForecastDriven(),
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
