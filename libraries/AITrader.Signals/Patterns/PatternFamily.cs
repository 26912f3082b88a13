namespace AITrader.Signals.Patterns;

/// <summary>What kind of reasoning a pattern rests on.</summary>
public enum PatternFamily : byte
{
    /// <summary>A movement is expected to go on.</summary>
    Momentum,

    /// <summary>The price is expected to come back.</summary>
    MeanReversion,

    /// <summary>Shapes of the price over bars or trades.</summary>
    PriceAction,

    /// <summary>Shapes of one to five bars, as TA-Lib defines them.</summary>
    Candlestick,

    /// <summary>Quotes, quantities and single trades.</summary>
    Microstructure,
}

/// <summary>What a pattern is computed from.</summary>
public enum PatternInput : byte
{
    /// <summary>Every trade or quote.</summary>
    Tick,

    /// <summary>Time bars, when one closes.</summary>
    Bar,
}

/// <summary>Families as settings and messages write them.</summary>
public static class PatternFamilies
{
    private static readonly string[] FamilyNames = ["momentum", "mean_reversion", "price_action", "candlestick", "microstructure"];

    /// <summary>Names in the order of <see cref="PatternFamily"/>.</summary>
    public static IReadOnlyList<string> Names => FamilyNames;

    /// <summary>The name that settings use.</summary>
    public static string Name(this PatternFamily family) => FamilyNames[(int)family];
}
