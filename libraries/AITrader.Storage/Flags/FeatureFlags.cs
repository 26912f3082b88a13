namespace AITrader.Storage.Flags;

/// <summary>A switch that may be set while the system runs.</summary>
/// <param name="Name">Name in the table, in the API and on the command line.</param>
/// <param name="Default">What holds while nobody has set it.</param>
/// <param name="Description">What it does.</param>
public sealed record FeatureFlag(string Name, bool Default, string Description);

/// <summary>Every flag that there is: what is not declared here cannot be set.</summary>
public static class FeatureFlags
{
    /// <summary>Whether the built-in rule decides signals.</summary>
    public static FeatureFlag BuiltInRule { get; } =
        new(
            "decisions.built-in-rule",
            Default: true,
            "The built-in rule decides signals; off, signals are passed over and nothing is decided."
        );

    /// <summary>Whether decisions ask for a forecast.</summary>
    public static FeatureFlag Forecast { get; } =
        new("decisions.forecast", Default: true, "Decisions ask the runners for a forecast; off, they are made without that factor.");

    /// <summary>Whether decisions ask for the sentiment.</summary>
    public static FeatureFlag Sentiment { get; } =
        new("decisions.sentiment", Default: true, "Decisions ask for the sentiment; off, they are made without that factor.");

    /// <summary>Whether decisions ask a language model.</summary>
    public static FeatureFlag Advice { get; } =
        new(
            "decisions.advice",
            Default: true,
            "Decisions ask a language model for advice, where the settings name one (Advice:Enabled); off, they are made without that factor."
        );

    /// <summary>Whether hosted strategies may add risk.</summary>
    public static FeatureFlag HostedOrders { get; } =
        new(
            "strategies.hosted-orders",
            Default: true,
            "Hosted strategies may add to positions; off, they go on and may cancel and reduce, and what would add is refused."
        );

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<FeatureFlag> All { get; } = [Advice, BuiltInRule, Forecast, Sentiment, HostedOrders];

    /// <summary>The flag of a name; null where there is none.</summary>
    public static FeatureFlag? Find(string name) => All.FirstOrDefault(flag => flag.Name == name);
}
