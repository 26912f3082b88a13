using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.MarketData.Diagnostics;

namespace AITrader.MarketData.Live;

/// <summary>What a feed does about instruments that fell silent.</summary>
/// <param name="Source">Name of the feed.</param>
/// <param name="Symbols">Names of the instruments.</param>
/// <param name="ResubscribeAsync">Subscribes them again on the connections that are open.</param>
/// <param name="Reconnect">Makes new connections of those that they are on, for a reason.</param>
internal sealed record SilenceActions(
    string Source,
    SymbolTable Symbols,
    Func<IReadOnlyList<int>, CancellationToken, Task> ResubscribeAsync,
    Action<IReadOnlyList<int>, string> Reconnect
);

/// <summary>Checks a few times within the shortest limit whether an instrument fell silent, reports it by name, and takes the action that
/// may help.</summary>
internal sealed class SilenceGuard(FeedState state, FeedMetrics metrics, TimeProvider time, ILogger<SilenceGuard> logger)
{
    private const int MaxNames = 5;
    private const int PollsWithinLimit = 4;

    private static readonly TimeSpan MinPollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MaxPollInterval = TimeSpan.FromSeconds(1);

    private readonly long _start = time.GetTimestamp();
    private readonly List<SilentInstrument> _silent = [];
    private SilenceWatch _watch = new([], 0);
    private TimeSpan _pollInterval = MaxPollInterval;
    private DateTimeOffset? _released;

    /// <summary>Watches these, each with its limit; zero is none. Not while <see cref="RunAsync"/> runs.</summary>
    public void Watch(IReadOnlyCollection<(int Symbol, TimeSpan Limit)> instruments)
    {
        var limits = new long[instruments.Count == 0 ? 0 : instruments.Max(static found => found.Symbol) + 1];
        foreach (var (symbol, limit) in instruments)
        {
            limits[symbol] = limit.Ticks / TimeSpan.TicksPerMicrosecond;
        }

        _watch = new SilenceWatch(limits, Now());
        var shortest =
            instruments
                .Where(static found => found.Limit > TimeSpan.Zero)
                .Select(static found => found.Limit)
                .DefaultIfEmpty(MaxPollInterval)
                .Min() / PollsWithinLimit;
        _pollInterval =
            shortest < MinPollInterval ? MinPollInterval
            : shortest > MaxPollInterval ? MaxPollInterval
            : shortest;
    }

    /// <summary>There is news of an instrument.</summary>
    public void Heard(int symbol) => _watch.Heard(symbol, Now());

    /// <summary>Guards until cancelled.</summary>
    public async Task RunAsync(SilenceActions actions, CancellationToken ct)
    {
        _watch.Forgive(Now());
        _released = state.Reading.ReleasedAt;
        while (true)
        {
            await Task.Delay(_pollInterval, time, ct);
            await PollAsync(actions, ct);
        }
    }

    private async Task PollAsync(SilenceActions actions, CancellationToken ct)
    {
        // While nobody reads, nobody hears: that is not the instrument's silence.
        var reading = state.Reading;
        if (reading.HeldBackSince is not null || reading.ReleasedAt != _released)
        {
            _released = reading.ReleasedAt;
            _watch.Forgive(Now());
            return;
        }

        var now = time.GetUtcNow();
        var step = _watch.Check(Now(), _silent);
        state.SetSilent([
            .. _silent.Select(found => new SilentName(
                actions.Symbols[found.Symbol],
                now - Span(found.SilentMicros),
                Span(found.LimitMicros)
            )),
        ]);
        metrics.Silent(actions.Source, _silent.Count);
        if (step == SilenceStep.Wait || !reading.IsAnyConnected)
        {
            return;
        }

        var names = Names(actions.Symbols);
        logger.InstrumentsSilent(_silent.Count, names, step.ToString());
        metrics.SilenceStep(actions.Source, step);
        if (step == SilenceStep.Redial)
        {
            actions.Reconnect(Due(SilenceStep.Redial), $"nothing is heard of {names}");
        }

        await actions.ResubscribeAsync(Due(SilenceStep.Resubscribe), ct);
    }

    private List<int> Due(SilenceStep step) => [.. _silent.Where(found => found.Step == step).Select(static found => found.Symbol)];

    private string Names(SymbolTable symbols)
    {
        var names = string.Join(", ", _silent.Take(MaxNames).Select(found => symbols[found.Symbol]));
        return _silent.Count > MaxNames ? $"{names} and {_silent.Count - MaxNames} more" : names;
    }

    private static TimeSpan Span(long micros) => TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond);

    // Not the wall clock: when that is set back nothing would be silent, when it is set forward everything would.
    private long Now() => time.GetElapsedTime(_start).Ticks / TimeSpan.TicksPerMicrosecond;
}
