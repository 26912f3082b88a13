using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AITrader.Domain.Bars;
using AITrader.Strategies.Data;
using AITrader.Strategies.Forecasts;

namespace AITrader.Strategies.Examples;

/// <summary>Long while the price is forecast to rise by more than a few basis points, flat when it is forecast to fall.</summary>
public sealed class ForecastDriven : Strategy<ForecastDriven.Settings>
{
    private const double BpsPerUnit = 10_000;

    private readonly List<BarFeed> _feeds = [];
    private double[] _window = [];

    /// <summary>Makes the forecasts.</summary>
    public IForecaster Forecaster { get; init; } = new HoltForecaster();

    /// <summary>Its options.</summary>
    public sealed class Settings
    {
        /// <summary>Closes that a forecast is made of.</summary>
        [Range(2, 5000), Description("closes that a forecast is made of")]
        public int Window { get; set; } = 60;

        /// <summary>Bars ahead.</summary>
        [Range(1, 500), Description("bars ahead")]
        public int Horizon { get; set; } = 10;

        /// <summary>Rise that opens a position, in basis points.</summary>
        [Range(0.0, 1000.0), Description("rise that opens a position, in basis points")]
        public double EntryBps { get; set; } = 5;

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
        _window = new double[Math.Max(Options.Window, Forecaster.MinLength)];
        foreach (var symbol in Data.Symbols)
        {
            _feeds.Add(Data.Bars(symbol, TimeSpan.FromSeconds(Options.BarSeconds), _window.Length));
        }
    }

    /// <inheritdoc/>
    protected internal override void OnBar(BarFeed feed, in Bar bar)
    {
        if (feed.Count < _window.Length)
        {
            return;
        }

        for (var i = 0; i < _window.Length; i++)
        {
            _window[^(i + 1)] = feed[i].Close;
        }

        if (Forecaster.Forecast(_window, Options.Horizon) is not { } forecast)
        {
            return;
        }

        var move = ((forecast / feed[0].Close) - 1.0) * BpsPerUnit;
        var open = Portfolio.PositionOf(feed.Symbol).Quantity;
        if (open == 0m && move > Options.EntryBps)
        {
            Orders.SetWeight(feed.Symbol, Options.Weight / _feeds.Count, "rise");
        }
        else if (open > 0m && move < 0)
        {
            Orders.Close(feed.Symbol, "fall");
        }
    }
}
