using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AITrader.Domain.Bars;
using AITrader.Domain.Orders;
using AITrader.Signals.Indicators;
using AITrader.Strategies.Data;

namespace AITrader.Strategies.Examples;

/// <summary>Buys far below the session's VWAP and sells far above it, in standard deviations of the last closes; closes when the price is
/// back.</summary>
public sealed class VwapReversion : Strategy<VwapReversion.Settings>
{
    private readonly Dictionary<BarFeed, (Line Vwap, RollingMoments Moments)> _lines = [];

    /// <summary>Its options.</summary>
    public sealed class Settings
    {
        /// <summary>Bars of the standard deviation.</summary>
        [Range(2, 1000), Description("bars of the standard deviation")]
        public int Period { get; set; } = 30;

        /// <summary>Deviations from the VWAP at which a position is opened.</summary>
        [Range(0.1, 10.0), Description("deviations from the VWAP at which a position is opened")]
        public double Entry { get; set; } = 2.0;

        /// <summary>Deviations from the VWAP at which it is closed.</summary>
        [Range(0.0, 10.0), Description("deviations from the VWAP at which it is closed")]
        public double Exit { get; set; } = 0.5;

        /// <summary>Seconds of a bar.</summary>
        [Range(1, 86_400), Description("seconds of a bar")]
        public int BarSeconds { get; set; } = 60;

        /// <summary>Part of the equity that all positions together take.</summary>
        [Range(0.01, 0.45), Description("part of the equity that all positions together take; a short one is covered twice")]
        public decimal Weight { get; set; } = 0.3m;
    }

    /// <inheritdoc/>
    protected internal override void OnStart()
    {
        foreach (var symbol in Data.Symbols)
        {
            var bars = Data.Bars(symbol, TimeSpan.FromSeconds(Options.BarSeconds));
            _lines.Add(bars, (bars.SessionVwap(), bars.Moments(Options.Period)));
        }
    }

    /// <inheritdoc/>
    protected internal override void OnBar(BarFeed feed, in Bar bar)
    {
        var (vwap, moments) = _lines[feed];
        if (moments.StdDev <= 0)
        {
            return;
        }

        var z = (feed[0].Close - vwap.Value) / moments.StdDev;
        var open = Portfolio.PositionOf(feed.Symbol).Quantity;
        var weight = Options.Weight / Data.Symbols.Count;
        if (open == 0m && Math.Abs(z) >= Options.Entry)
        {
            Orders.SetWeight(feed.Symbol, z < 0 ? weight : -weight, z < 0 ? "below" : "above");
        }
        else if (open != 0m && Math.Sign(open) * z >= -Options.Exit)
        {
            Orders.Close(feed.Symbol, "back");
        }
    }

    /// <inheritdoc/>
    protected internal override void OnFill(Fill fill) => Log($"{fill.Side} {fill.Quantity} {fill.Symbol} at {fill.Price}");
}
