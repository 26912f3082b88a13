using AITrader.Contracts;
using AITrader.Messaging;

namespace AITrader.Worker.Trimming;

/// <summary>What may be removed from which stream.</summary>
internal static class TrimRules
{
    private static readonly string DeadPrefix = StreamNames.Dead(string.Empty);

    /// <summary>The rule of a stream by name.</summary>
    /// <remarks>A group that has not been made yet would miss what is trimmed before: while one of the system's own is missing, nothing goes.</remarks>
    public static StreamTrimPolicy For(string stream, TrimmingOptions options) => stream switch
    {
        _ when stream.StartsWith(DeadPrefix, StringComparison.Ordinal) => new StreamTrimPolicy { MaxAge = options.MaxDeadLetterAge },
        StreamNames.RawTicks => new StreamTrimPolicy
        {
            MaxLength = options.MaxTicks,
            MaxAge = options.MaxTickAge,
            RequiredGroups = [ConsumerGroups.Audit, ConsumerGroups.Pattern, ConsumerGroups.Execution, ConsumerGroups.Analytics],
        },
        StreamNames.Signals => Rest(options, ConsumerGroups.Strategy, ConsumerGroups.Analytics),
        StreamNames.Orders => Rest(options, ConsumerGroups.Execution, ConsumerGroups.Audit),
        StreamNames.Fills => Rest(options, ConsumerGroups.Analytics),
        StreamNames.Decisions => Rest(options, ConsumerGroups.Audit),
        _ => Rest(options),
    };

    private static StreamTrimPolicy Rest(TrimmingOptions options, params string[] groups) =>
        new() { MaxLength = options.MaxEntries, MaxAge = options.MaxAge, RequiredGroups = groups };
}
