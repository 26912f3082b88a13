using AITrader.Contracts;
using AITrader.Messaging;

namespace AITrader.Worker.Trimming;

/// <summary>Decides how far each stream may be trimmed.</summary>
internal static class TrimRules
{
    // Those of replays first: they begin with the names of the others.
    private static readonly List<string> Partitioned =
    [
        StreamNames.OfReplays(StreamNames.RawTicks),
        StreamNames.OfReplays(StreamNames.Signals),
        StreamNames.RawTicks,
        StreamNames.Signals,
    ];

    private static readonly string DeadPrefix = StreamNames.Dead(string.Empty);
    private static readonly string SymbolSignalsPrefix = StreamNames.SymbolSignals(string.Empty);

    /// <summary>Returns the rule for a stream.</summary>
    /// <remarks>A group that does not exist yet would miss the entries that are trimmed before its creation: nothing is removed while one
    /// of the required groups is missing.</remarks>
    public static StreamTrimPolicy For(string stream, TrimmingOptions options) =>
        StreamNames.LiveOf(stream) switch
        {
            _ when stream.StartsWith(DeadPrefix, StringComparison.Ordinal) => new StreamTrimPolicy
            {
                MaxAge = options.MaxDeadLetterAge,
                MaxLength = options.MaxDeadLetters,
            },
            StreamNames.RawTicks => new StreamTrimPolicy
            {
                MaxLength = options.MaxTicks,
                MaxAge = options.MaxTickAge,
                Bound = options.MaxOwedTicks,
                RecordGroup = ConsumerGroups.OfRecord(stream),
                RequiredGroups = [ConsumerGroups.Audit, ConsumerGroups.Pattern, ConsumerGroups.Execution, ConsumerGroups.Analytics],
            },
            StreamNames.Signals => Default(options, ConsumerGroups.Strategy, ConsumerGroups.Analytics),
            StreamNames.Orders => Default(options, ConsumerGroups.Execution, ConsumerGroups.Audit),
            StreamNames.Fills => Default(options, ConsumerGroups.Analytics),
            StreamNames.Decisions => Default(options, ConsumerGroups.Audit),
            StreamNames.Sentiment => Default(options, ConsumerGroups.Strategy),
            _ when stream.StartsWith(SymbolSignalsPrefix, StringComparison.Ordinal) => new StreamTrimPolicy
            {
                MaxAge = options.MaxAge,
                MaxLength = options.MaxSymbolSignals,
            },
            _ => Default(options),
        };

    /// <summary>Returns the name of the stream that a partition belongs to. Partitions are described separately, and trimmed by their
    /// common name.</summary>
    public static string CommonName(string stream) =>
        Partitioned.Find(name => stream == name || stream.StartsWith($"{name}:", StringComparison.Ordinal)) ?? stream;

    /// <summary>The rule while Redis is short of memory: stored entries are not kept for consumers that are behind.</summary>
    public static StreamTrimPolicy UnderPressure(this StreamTrimPolicy policy) =>
        policy.Bound is null ? policy : policy with { Bound = policy.MaxLength };

    private static StreamTrimPolicy Default(TrimmingOptions options, params string[] groups) =>
        new()
        {
            MaxLength = options.MaxEntries,
            MaxAge = options.MaxAge,
            Bound = options.MaxOwedEntries,
            RequiredGroups = groups,
        };
}
