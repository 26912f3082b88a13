using AITrader.Signals.Indicators;

namespace AITrader.Strategies.Data;

/// <summary>One number a bar: the value of an indicator now, and at the bar before.</summary>
public sealed class Line
{
    private readonly Action<BarInput> _update;
    private readonly Func<bool> _isReady;
    private readonly Func<double> _value;

    internal Line(Action<BarInput> update, Func<bool> isReady, Func<double> value) =>
        (_update, _isReady, _value) = (update, isReady, value);

    /// <summary>Whether it has had enough bars.</summary>
    public bool IsReady => _isReady();

    /// <summary>Its value after the last bar; not a number before it is ready.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>Its value one bar earlier; not a number before there is one.</summary>
    public double Before { get; private set; } = double.NaN;

    /// <summary>Whether it rose from at or below another line to above it with the last bar.</summary>
    public bool CrossedAbove(Line other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Before <= other.Before && Value > other.Value;
    }

    /// <summary>Whether it fell from at or above another line to below it with the last bar.</summary>
    public bool CrossedBelow(Line other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Before >= other.Before && Value < other.Value;
    }

    internal void Update(BarInput bar)
    {
        _update(bar);
        Before = Value;
        Value = IsReady ? _value() : double.NaN;
    }
}
