using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.PriceAction;

/// <summary>A bar that lies wholly above or below the one before.</summary>
internal sealed class GapDetector(PatternValues values) : BarDetector(values)
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "gap",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Bar,
            Create = static values => new GapDetector(values),
            Evidence = ["from", "to", "gap", "atr"],
            Summary = "a bar that lies wholly above or below the one before",
            Source = PatternDefinition.EdwardsMagee,
            Parameters =
            [
                new("MinAtr", ParameterUnit.Number, 0.5, 0, 1000, "least gap, in average true ranges"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        };

    private readonly double _minAtr = values["MinAtr"];

    internal override bool IsStateless => true;

    internal override void Update(BarSeries series, ref Detections found)
    {
        if (series.Count < 2 || series.AtrBefore <= 0)
        {
            return;
        }

        ref readonly var bar = ref series[0];
        ref readonly var before = ref series[1];
        var up = bar.Low - before.High;
        var down = before.Low - bar.High;
        var gap = Math.Max(up, down);
        if (gap > 0 && gap >= _minAtr * series.AtrBefore)
        {
            var (from, to) = up > 0 ? (before.High, bar.Low) : (before.Low, bar.High);
            found.TryAdd(
                Pattern,
                series.Micros,
                SignalScore.Toward(up),
                SignalScore.Saturate(gap, series.AtrBefore),
                from,
                to,
                gap,
                series.AtrBefore
            );
        }
    }
}
