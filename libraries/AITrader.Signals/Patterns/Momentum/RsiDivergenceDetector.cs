using AITrader.Signals.Bars;

namespace AITrader.Signals.Patterns.Momentum;

/// <summary>A higher pivot high at a lower RSI, or a lower pivot low at a higher one: the movement has lost its strength.</summary>
/// <remarks>It is found when the second pivot becomes known, k bars after it.</remarks>
internal sealed class RsiDivergenceDetector : BarDetector
{
    internal static PatternDefinition Definition { get; } =
        new()
        {
            Name = "rsi_divergence",
            Family = PatternFamily.Momentum,
            Input = PatternInput.Bar,
            Create = static values => new RsiDivergenceDetector(values),
            Evidence = ["first_price", "second_price", "first_rsi", "second_rsi", "bars"],
            Summary = "a higher pivot high at a lower RSI, or a lower pivot low at a higher RSI",
            Source = "J. W. Wilder, 1978; docs/formulas.md",
            Parameters =
            [
                new("MinRsi", ParameterUnit.Number, 5, 0, 100, "least difference of the RSI"),
                new("Zone", ParameterUnit.Number, 10, 0, 50, "least distance of the first RSI from 50"),
                new("MaxBars", ParameterUnit.Count, 60, 1, 10_000, "most bars between the pivots"),
                .. PatternDefinition.BarEnds(cooldown: 300, horizon: 10),
            ],
        };

    private const double Middle = 50.0;

    private readonly double _min;
    private readonly double _zone;
    private readonly int _maxBars;

    internal RsiDivergenceDetector(PatternValues values)
        : base(values)
    {
        _min = values["MinRsi"];
        _zone = values["Zone"];
        _maxBars = values.Count("MaxBars");
    }

    internal override bool IsStateless => true;

    internal override void Update(BarSeries series, ref Detections found)
    {
        var pivots = series.Pivots;
        if (!pivots.HasNew || pivots.Count < 3)
        {
            return;
        }

        ref readonly var newer = ref pivots[0];
        ref readonly var older = ref pivots[2];
        var sign = newer.Sign;
        var isFurther = (newer.Price - older.Price) * sign > 0;
        var lost = (older.Rsi - newer.Rsi) * sign;
        var wasStrong = (older.Rsi - Middle) * sign >= _zone;

        // RSI that was not ready is not a number, and satisfies none of these.
        if (isFurther && wasStrong && lost >= _min && newer.Bar - older.Bar <= _maxBars)
        {
            found.TryAdd(
                Pattern,
                series.Micros,
                SignalScore.Toward(-sign),
                SignalScore.Saturate(lost, _min),
                older.Price,
                newer.Price,
                older.Rsi,
                newer.Rsi,
                newer.Bar - older.Bar
            );
        }
    }
}
