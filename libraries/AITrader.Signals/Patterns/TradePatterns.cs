namespace AITrader.Signals.Patterns;

/// <summary>Definitions of the patterns that look at each trade with the indicators of <see cref="Indicators.SymbolState"/>.</summary>
internal static class TradePatterns
{
    internal static PatternDefinition[] All { get; } =
    [
        new()
        {
            Index = PatternCatalogue.EmaCross,
            Name = "ema_cross",
            Family = PatternFamily.Momentum,
            Input = PatternInput.Tick,
            Evidence = ["ema_fast", "ema_slow", "band", "distance_bps"],
            Summary = "the fast average of trade prices crossed the slow one by more than a band",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("BandBps", ParameterUnit.BasisPoints, 0.1, 0, 10_000, "distance of the averages that confirms a cross"),
                new(
                    "ScoreBps",
                    ParameterUnit.BasisPoints,
                    1.0,
                    double.Epsilon,
                    10_000,
                    "distance of price and slow average at which the score is one half"
                ),
                .. PatternDefinition.TickEnds(cooldown: 5, horizon: 60),
            ],
        },
        new()
        {
            Index = PatternCatalogue.VwapDeviation,
            Name = "vwap_deviation",
            Family = PatternFamily.MeanReversion,
            Input = PatternInput.Tick,
            Evidence = ["vwap", "std_dev", "z"],
            Summary = "the price is far from the session's VWAP, in standard deviations",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Exit", ParameterUnit.Number, 1.5, 0, 100, "standard deviations below which it is armed again"),
                new("Entry", ParameterUnit.Number, 2.0, double.Epsilon, 100, "standard deviations that make a signal")
                {
                    NotBelow = "Exit",
                },
                new("Warmup", ParameterUnit.Count, 100, 2, int.MaxValue, "trades of the session before the first signal"),
                .. PatternDefinition.TickEnds(cooldown: 5, horizon: 60),
            ],
        },
        new()
        {
            Index = PatternCatalogue.Breakout,
            Name = "breakout",
            Family = PatternFamily.PriceAction,
            Input = PatternInput.Tick,
            Evidence = ["channel_high", "channel_low", "excess", "width_bps"],
            Summary = "a trade outside the channel of the trades before it, above or below",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Lookback", ParameterUnit.Count, 200, 2, 1 << 16, "trades of the channel"),
                new("MinWidthBps", ParameterUnit.BasisPoints, 0.5, 0, 10_000, "least width of the channel"),
                .. PatternDefinition.TickEnds(cooldown: 5, horizon: 60),
            ],
        },
    ];
}
