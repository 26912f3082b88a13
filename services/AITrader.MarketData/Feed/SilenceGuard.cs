using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.MarketData.Diagnostics;

namespace AITrader.MarketData.Feed;

/// <summary>What a feed does about instruments that fell silent.</summary>
/// <param name="Source">Name of the feed.</param>
/// <param name="Symbols">Names of the instruments.</param>
/// <param name="ResubscribeAsync">Subscribes them again on the lines that stand.</param>
/// <param name="Redial">Makes new lines of those that they are on, for a reason.</param>
internal sealed record SilenceOrders(
    string Source,
    SymbolTable Symbols,
    Func<IReadOnlyList<int>, CancellationToken, Task> ResubscribeAsync,
    Action<IReadOnlyList<int>, string> Redial
);

/// <summary>Looks a few times within the shortest limit whether an instrument fell silent, says so by name, and gives the orders that may
/// help.</summary>
internal sealed class SilenceGuard(FeedState state, MarketDataMetrics metrics, TimeProvider time, ILogger<SilenceGuard> logger)
{
    private const int MostNames = 5;
    private const int LooksWithinLimit = 4;

    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly long _start = time.GetTimestamp();
    private readonly List<SilentInstrument> _silent = [];
    private SilenceWatch _watch = new([], 0);
    private TimeSpan _look = LongestLook;
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
                .DefaultIfEmpty(LongestLook)
                .Min() / LooksWithinLimit;
        _look =
            shortest < ShortestLook ? ShortestLook
            : shortest > LongestLook ? LongestLook
            : shortest;
    }

    /// <summary>The source spoke of an instrument.</summary>
    public void Heard(int symbol) => _watch.Heard(symbol, Now());

    /// <summary>Guards until cancelled.</summary>
    public async Task RunAsync(SilenceOrders orders, CancellationToken ct)
    {
        _watch.Forgive(Now());
        _released = state.Reading.ReleasedAt;
        while (true)
        {
            await Task.Delay(_look, time, ct);
            await LookAsync(orders, ct);
        }
    }

    private async Task LookAsync(SilenceOrders orders, CancellationToken ct)
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
        state.Fell([
            .. _silent.Select(found => new SilentName(
                orders.Symbols[found.Symbol],
                now - Span(found.SilentMicros),
                Span(found.LimitMicros)
            )),
        ]);
        metrics.FeedSilent(orders.Source, _silent.Count);
        if (step == SilenceStep.Wait || !reading.IsAnyConnected)
        {
            return;
        }

        var names = Names(orders.Symbols);
        logger.InstrumentsSilent(_silent.Count, names, step.ToString());
        metrics.FeedSilenceStep(orders.Source, step);
        if (step == SilenceStep.Redial)
        {
            orders.Redial(Due(SilenceStep.Redial), $"nothing is heard of {names}");
        }

        await orders.ResubscribeAsync(Due(SilenceStep.Resubscribe), ct);
    }

    private List<int> Due(SilenceStep step) => [.. _silent.Where(found => found.Step == step).Select(static found => found.Symbol)];

    private string Names(SymbolTable symbols)
    {
        var names = string.Join(", ", _silent.Take(MostNames).Select(found => symbols[found.Symbol]));
        return _silent.Count > MostNames ? $"{names} and {_silent.Count - MostNames} more" : names;
    }

    private static TimeSpan Span(long micros) => TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond);

    // Not the wall clock: when that is set back nothing would be silent, when it is set forward everything would.
    private long Now() => time.GetElapsedTime(_start).Ticks / TimeSpan.TicksPerMicrosecond;
}
