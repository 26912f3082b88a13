using AITrader.Contracts;
using AITrader.Messaging;

namespace AITrader.Worker.Trimming;

/// <summary>What may be removed from which stream.</summary>
internal static class TrimRules
{
    private static readonly string DeadPrefix = StreamNames.Dead(string.Empty);
    private static readonly string SymbolSignalsPrefix = StreamNames.SymbolSignals(string.Empty);

    /// <summary>The rule of a stream by name.</summary>
    /// <remarks>A group that has not been made yet would miss what is trimmed before: while one of the system's own is missing, nothing
    /// goes.</remarks>
    public static StreamTrimPolicy For(string stream, TrimmingOptions options) =>
        stream switch
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
            _ when stream.StartsWith(SymbolSignalsPrefix, StringComparison.Ordinal) => new StreamTrimPolicy
            {
                MaxAge = options.MaxAge,
                MaxLength = options.MaxSymbolSignals,
            },
            _ => Default(options),
        };

    /// <summary>Name of the stream that a partition belongs to: partitions are described one by one, and trimmed by their common
    /// name.</summary>
    public static string CommonName(string stream) =>
        stream.StartsWith($"{StreamNames.RawTicks}:", StringComparison.Ordinal) ? StreamNames.RawTicks
        : stream.StartsWith($"{StreamNames.Signals}:", StringComparison.Ordinal) ? StreamNames.Signals
        : stream;

    /// <summary>The rule while Redis is short of memory: what is stored stays no longer than it would with consumers that are up to
    /// date.</summary>
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
