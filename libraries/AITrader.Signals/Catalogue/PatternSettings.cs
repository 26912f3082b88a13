namespace AITrader.Signals.Catalogue;

/// <summary>Parameters by symbol.</summary>
/// <param name="Defaults">Of every symbol without its own.</param>
/// <param name="Overrides">Of single symbols.</param>
public sealed record PatternSettings(PatternParameters Defaults, IReadOnlyDictionary<string, PatternParameters> Overrides)
{
    /// <summary>Default parameters for every symbol.</summary>
    public static PatternSettings Default { get; } = new(PatternParameters.Default, new Dictionary<string, PatternParameters>());

    /// <summary>The patterns that there are; the same for every symbol.</summary>
    public PatternCatalogue Catalogue => Defaults.Catalogue;

    /// <summary>Parameters of a symbol.</summary>
    public PatternParameters For(string symbol) => Overrides.GetValueOrDefault(symbol, Defaults);
}
