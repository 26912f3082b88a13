namespace AITrader.Signals.Patterns;

/// <summary>Definitions of the patterns of quotes, quantities and single trades.</summary>
internal static class MarketPatterns
{
    private const int Many = 1 << 16;

    internal static PatternDefinition[] All { get; } =
    [
        new()
        {
            Index = PatternCatalogue.ZScore,
            Name = "z_score",
            Family = PatternFamily.MeanReversion,
            Input = PatternInput.Tick,
            Evidence = ["mean", "std_dev", "z"],
            Summary = "a trade far from the mean of the trades before it, in their standard deviations",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Window", ParameterUnit.Count, 200, 2, 4096, "trades of mean and deviation"),
                new("Exit", ParameterUnit.Number, 1.0, 0, 100, "deviations below which it is armed again"),
                new("Entry", ParameterUnit.Number, 3.0, 0.1, 100, "deviations that make a signal") { NotBelow = "Exit" },
                new("MinDeviationBps", ParameterUnit.BasisPoints, 0.1, 1e-6, 10_000, "least standard deviation"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 60),
            ],
        },
        new()
        {
            Index = PatternCatalogue.ImbalanceBurst,
            Name = "imbalance_burst",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Evidence = ["imbalance", "last_imbalance", "bid_size", "ask_size"],
            Summary = "the quantities at bid and ask have been lopsided for a while",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Tau", ParameterUnit.Seconds, 2.0, 0.001, 3600, "time after which half of an average is new"),
                new("Exit", ParameterUnit.Number, 0.4, 0, 1, "average below which it is armed again"),
                new("Entry", ParameterUnit.Number, 0.9, 0.01, 1, "average that makes a signal") { NotBelow = "Exit" },
                new("Warmup", ParameterUnit.Count, 100, 1, Many, "quotes before the first signal"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 10),
            ],
        },
        new()
        {
            Index = PatternCatalogue.Sweep,
            Name = "sweep",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Evidence = ["first_price", "move_bps", "levels", "volume", "seconds"],
            Summary = "one side took several price levels in quick succession",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("MaxGap", ParameterUnit.Seconds, 0.1, 0, 60, "longest pause between two of its trades"),
                new("MinLevels", ParameterUnit.Count, 5, 2, 10_000, "different prices that must be taken"),
                new("MinMoveBps", ParameterUnit.BasisPoints, 1.0, 0, 10_000, "distance from the first price to the last"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 30),
            ],
        },
        new()
        {
            Index = PatternCatalogue.Absorption,
            Name = "absorption",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Evidence = ["price", "net_volume", "mean_size", "dominance", "seconds"],
            Summary = "one side traded much and the price did not move",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("MeanTrades", ParameterUnit.Count, 200, 1, Many, "trades of the mean size"),
                new("Factor", ParameterUnit.Number, 40, 0.1, 1e6, "mean sizes that one side must outweigh the other by"),
                new("MinDominance", ParameterUnit.Number, 0.8, 0, 1, "part of all volume that the outweighing must be"),
                new(
                    "MaxMoveBps",
                    ParameterUnit.BasisPoints,
                    0.2,
                    0,
                    10_000,
                    "distance from the first price that still counts as not moving"
                ),
                new("Window", ParameterUnit.Seconds, 10, 0.001, 3600, "longest time it may take"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 30),
            ],
        },
        new()
        {
            Index = PatternCatalogue.SpreadShock,
            Name = "spread_shock",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Evidence = ["spread_bps", "mean_bps", "ratio", "bid", "ask"],
            Summary = "the spread is a multiple of what it usually is, and the mid moved",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("MeanQuotes", ParameterUnit.Count, 500, 1, Many, "quotes of the mean spread"),
                new("Exit", ParameterUnit.Number, 1.5, 0, 1e6, "ratio below which it is armed again"),
                new("Entry", ParameterUnit.Number, 5.0, 0.1, 1e6, "ratio of spread and mean that makes a signal") { NotBelow = "Exit" },
                new("MinBps", ParameterUnit.BasisPoints, 0.1, 0, 10_000, "least spread"),
                .. PatternDefinition.TickEnds(cooldown: 60, horizon: 10),
            ],
        },
        new()
        {
            Index = PatternCatalogue.VolumeSpike,
            Name = "volume_spike",
            Family = PatternFamily.Microstructure,
            Input = PatternInput.Tick,
            Evidence = ["volume", "mean_volume", "ratio", "net_volume"],
            Summary = "far more was traded in this stretch of time than in those before it",
            Source = PatternDefinition.Own,
            Parameters =
            [
                new("Bucket", ParameterUnit.Seconds, 1, 0.001, 3600, "length of a stretch"),
                new("Buckets", ParameterUnit.Count, 60, 1, 4096, "stretches of the mean"),
                new("Factor", ParameterUnit.Number, 6, 0.1, 1e6, "ratio of volume and mean that makes a signal"),
                .. PatternDefinition.TickEnds(cooldown: 30, horizon: 30),
            ],
        },
    ];
}
