using AITrader.Domain.Signals;
using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>A bar closed below the lows of the bars before it.</summary>
internal sealed class BreakdownDetector(PatternValues values) : BarDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "breakdown",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Create = static values => new BreakdownDetector(values),
            Evidence = ["channel_low", "width", "excess", "atr"],
            Summary = "a bar closed below the lows of the bars before it",
            Source = PatternDefinition.EdwardsMagee,
            Parameters =
            [
                new("Lookback", ParameterUnit.Count, 20, 2, BarSeries.MaxBars, "bars of the channel"),
                new("MinWidthAtr", ParameterUnit.Number, 1.0, 0, 1000, "least width of the channel, in average true ranges"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        };

    private readonly int _lookback = values.Count("Lookback");
    private readonly double _minWidthAtr = values["MinWidthAtr"];

    internal override bool IsStateless => true;

    internal override int Lookback => _lookback;

    internal override void Update(BarSeries series, ref Detections found)
    {
        if (series.Count <= _lookback || series.AtrBefore <= 0)
        {
            return;
        }

        var atr = series.AtrBefore;
        var low = series.Lowest(1, _lookback);
        var width = series.Highest(1, _lookback) - low;
        var excess = low - series[0].Close;
        if (excess > 0 && width > 0 && width >= _minWidthAtr * atr)
        {
            found.TryAdd(
                Pattern,
                series.Micros,
                SignalDirection.Bearish,
                0.5 + (0.5 * SignalScore.Saturate(excess, atr)),
                low,
                width,
                excess,
                atr
            );
        }
    }
}
