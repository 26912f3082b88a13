using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AITrader.Domain.Bars;
using AITrader.Strategies.Data;

namespace AITrader.Strategies.Examples;

/// <summary>Two symbols whose prices move together: when their spread is far from its mean, the cheap one is bought and the dear one is
/// sold
/// short, until it is back. The spread is log(first) - beta * log(second), with beta by least squares over the last bars.</summary>
/// <remarks>Source: E. Gatev, W. Goetzmann and K. Rouwenhorst, Pairs Trading, 2006; the regression is the first step of Engle and
/// Granger.</remarks>
public sealed class Pairs : Strategy<Pairs.Settings>
{
    private BarFeed _first = null!;
    private BarFeed _second = null!;
    private int _side;

    /// <summary>Its options.</summary>
    public sealed class Settings
    {
        /// <summary>Bars of the regression.</summary>
        [Range(10, 5000), Description("bars of the regression")]
        public int Period { get; set; } = 60;

        /// <summary>Deviations of the spread at which positions are opened.</summary>
        [Range(0.1, 10.0), Description("deviations of the spread at which positions are opened")]
        public double Entry { get; set; } = 2.0;

        /// <summary>Deviations of the spread at which they are closed.</summary>
        [Range(0.0, 10.0), Description("deviations of the spread at which they are closed")]
        public double Exit { get; set; } = 0.5;

        /// <summary>Seconds of a bar.</summary>
        [Range(1, 86_400), Description("seconds of a bar")]
        public int BarSeconds { get; set; } = 60;

        /// <summary>Part of the equity that each side takes.</summary>
        [Range(0.01, 0.3), Description("part of the equity that each side takes; a short one is covered twice")]
        public decimal Weight { get; set; } = 0.2m;
    }

    /// <inheritdoc/>
    protected internal override void OnStart()
    {
        if (Data.Symbols.Count != 2)
        {
            throw new InvalidOperationException($"Pairs trades two symbols, and was given {Data.Symbols.Count}.");
        }

        var period = TimeSpan.FromSeconds(Options.BarSeconds);
        _first = Data.Bars(Data.Symbols[0], period, Options.Period);
        _second = Data.Bars(Data.Symbols[1], period, Options.Period);
    }

    /// <inheritdoc/>
    protected internal override void OnBar(BarFeed feed, in Bar bar)
    {
        // Both bars of one interval: the second one of them decides.
        if (Math.Min(_first.Count, _second.Count) < Options.Period || _first[0].TimeMicros != _second[0].TimeMicros)
        {
            return;
        }

        if (Deviation() is not { } z)
        {
            return;
        }

        if (_side == 0 && Math.Abs(z) >= Options.Entry)
        {
            Hold(z > 0 ? -1 : 1);
        }
        else if (_side != 0 && _side * z >= -Options.Exit)
        {
            Hold(0);
        }
    }

    private void Hold(int side)
    {
        _side = side;
        Orders.SetWeight(_first.Symbol, side * Options.Weight, "spread");
        Orders.SetWeight(_second.Symbol, -side * Options.Weight, "spread");
    }

    // How many standard deviations the last spread is from the mean of the window; null where the spread does not move.
    private double? Deviation()
    {
        var n = Options.Period;
        var (x, y) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            (x[i], y[i]) = (Math.Log(_second[i].Close), Math.Log(_first[i].Close));
        }

        var (meanX, meanY) = (x.Average(), y.Average());
        var (xx, xy) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }

        var beta = xx > 0 ? xy / xx : 0.0;
        var squares = 0.0;
        for (var i = 0; i < n; i++)
        {
            var rest = y[i] - meanY - (beta * (x[i] - meanX));
            squares += rest * rest;
        }

        var deviation = Math.Sqrt(squares / (n - 1));
        return deviation > 0 ? (y[0] - meanY - (beta * (x[0] - meanX))) / deviation : null;
    }
}
