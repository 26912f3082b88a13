using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AITrader.Domain.Bars;
using AITrader.Strategies.Data;

namespace AITrader.Strategies.Examples;

/// <summary>Long while the fast average is above the slow one, flat otherwise.</summary>
public sealed class EmaCross : Strategy<EmaCross.Settings>
{
    private readonly Dictionary<BarFeed, (Line Fast, Line Slow)> _lines = [];

    /// <summary>Its options.</summary>
    public sealed class Settings
    {
        /// <summary>Bars of the fast average.</summary>
        [Range(1, 1000), Description("bars of the fast average")]
        public int Fast { get; set; } = 10;

        /// <summary>Bars of the slow average.</summary>
        [Range(2, 1000), Description("bars of the slow average")]
        public int Slow { get; set; } = 30;

        /// <summary>Seconds of a bar.</summary>
        [Range(1, 86_400), Description("seconds of a bar")]
        public int BarSeconds { get; set; } = 60;

        /// <summary>Part of the equity that all positions together take.</summary>
        [Range(0.01, 1.0), Description("part of the equity that all positions together take")]
        public decimal Weight { get; set; } = 0.95m;
    }

    /// <inheritdoc/>
    protected internal override void OnStart()
    {
        foreach (var symbol in Data.Symbols)
        {
            var bars = Data.Bars(symbol, TimeSpan.FromSeconds(Options.BarSeconds));
            _lines.Add(bars, (bars.Ema(Options.Fast), bars.Ema(Options.Slow)));
        }
    }

    /// <inheritdoc/>
    protected internal override void OnBar(BarFeed feed, in Bar bar)
    {
        var (fast, slow) = _lines[feed];
        if (fast.CrossedAbove(slow))
        {
            Orders.SetWeight(feed.Symbol, Options.Weight / Data.Symbols.Count, "cross up");
        }
        else if (fast.CrossedBelow(slow))
        {
            Orders.Close(feed.Symbol, "cross down");
        }
    }
}
