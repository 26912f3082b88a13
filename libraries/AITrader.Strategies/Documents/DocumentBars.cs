using AITrader.Strategies.Data;

namespace AITrader.Strategies.Documents;

/// <summary>One symbol's bars and the document's indicators on them.</summary>
internal sealed class DocumentBars
{
    private static readonly string[] Kinds = ["sma", "ema", "rsi", "atr", "vwap", "deviation", "highest", "lowest"];

    private readonly Dictionary<string, (Func<double> Now, Func<double> Before)> _series = new(StringComparer.Ordinal);

    internal DocumentBars(BarFeed feed, JsonNodeReader? indicators, DocumentParameters parameters)
    {
        Feed = feed;
        AddPrices(feed);
        foreach (var (name, node) in indicators?.Members() ?? [])
        {
            var line = LineOf(feed, node.Only(Kinds), parameters);
            if (!_series.TryAdd(name, (() => line.Value, () => line.Before)))
            {
                throw node.Failure($"'{name}' is a price of the bar; choose another name");
            }
        }
    }

    internal BarFeed Feed { get; }

    internal IEnumerable<string> Names => _series.Keys;

    internal bool Has(string name) => _series.ContainsKey(name);

    internal double Now(string name) => _series[name].Now();

    /// <summary>The value a bar earlier; not a number before there is one.</summary>
    internal double Before(string name) => _series[name].Before();

    private void AddPrices(BarFeed feed)
    {
        Add("open", static bar => bar.Open);
        Add("high", static bar => bar.High);
        Add("low", static bar => bar.Low);
        Add("close", static bar => bar.Close);
        Add("volume", static bar => bar.Volume);

        void Add(string name, Func<Signals.Indicators.BarInput, double> of) =>
            _series.Add(name, (() => of(feed[0]), () => feed.Count > 1 ? of(feed[1]) : double.NaN));
    }

    private static Line LineOf(BarFeed feed, (string Kind, JsonNodeReader Node) indicator, DocumentParameters parameters)
    {
        var (kind, node) = indicator;
        return kind switch
        {
            "sma" => feed.Sma(parameters.Count(node)),
            "ema" => feed.Ema(parameters.Count(node)),
            "rsi" => feed.Rsi(parameters.Count(node)),
            "atr" => feed.Atr(parameters.Count(node)),
            "vwap" => feed.SessionVwap(),
            "deviation" => feed.Deviation(parameters.Count(node)),
            "highest" => feed.Highest(parameters.Count(node)),
            _ => feed.Lowest(parameters.Count(node)),
        };
    }
}
