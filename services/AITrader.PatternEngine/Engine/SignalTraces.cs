using System.Diagnostics;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.PatternEngine.Classes;
using AITrader.PatternEngine.Diagnostics;

namespace AITrader.PatternEngine.Engine;

/// <summary>The spans of a batch: <c>tick</c>, and in it <c>signal …</c>, from the tick's arrival until its signals are
/// committed.</summary>
/// <remarks>Begun when a signal is found, with the tick's own start: a tick that leads to nothing costs nothing and is no trace. For one
/// caller at a time.</remarks>
internal sealed class SignalTraces(TimeProvider time)
{
    private readonly List<Activity> _open = [];
    private string _entryId = string.Empty;
    private Activity? _tick;

    /// <summary>Begins the span of a signal.</summary>
    /// <returns>The signal with its span's trace; with the tick's own trace where none is recorded.</returns>
    public Signal Begin(in FoundSignal found)
    {
        if (found.Entry.Id != _entryId)
        {
            (_entryId, _tick) = (found.Entry.Id, BeginTick(found.Entry));
        }

        var signal = found.Signal;
        if (
            _tick is null
            || PatternMetrics.Activities.StartBeside($"signal {signal.Pattern}", ActivityKind.Producer, _tick.Context) is not { } span
        )
        {
            return signal;
        }

        _open.Add(
            span.SetTag("aitrader.signal", signal.Id).SetTag("aitrader.symbol", signal.Symbol).SetTag("aitrader.score", signal.Score)
        );
        return signal with { Trace = span.Id! };
    }

    /// <summary>Ends all of them.</summary>
    /// <param name="isCommitted">Whether their signals are known to be on the bus; else the ticks come again.</param>
    public void End(bool isCommitted)
    {
        foreach (var span in _open)
        {
            if (!isCommitted)
            {
                span.SetStatus(ActivityStatusCode.Error, "not committed");
            }

            span.Dispose();
        }

        _open.Clear();
        (_entryId, _tick) = (string.Empty, null);
    }

    private Activity? BeginTick(in StreamEntry<Tick> entry)
    {
        var tick = entry.Message;
        var span = RootSpan.Start(PatternMetrics.Activities, "tick", MessageTraces.ContextOf(tick.Trace).TraceId, StartOf(entry));
        if (span is not { Recorded: true })
        {
            span?.Dispose();
            return null;
        }

        _open.Add(span);
        return span.SetTag("aitrader.symbol", tick.Symbol)
            .SetTag("aitrader.tick", tick.TickId)
            .SetTag("aitrader.source", tick.Source)
            .SetTag("aitrader.event_time", tick.Timestamp.ToString("O", System.Globalization.CultureInfo.InvariantCulture))
            .SetTag("messaging.message.id", entry.Id);
    }

    // When it was received, live; else when it was published. Another machine's clock may be ahead of this one.
    private DateTimeOffset StartOf(in StreamEntry<Tick> entry)
    {
        var published = DateTimeOffset.FromUnixTimeMilliseconds(EntryPlace.Parse(entry.Id).Millis);
        var start = entry.Message is { Run.Length: 0, ReceivedAt: { } received } && received < published ? received : published;
        var now = time.GetUtcNow();
        return start < now ? start : now;
    }
}
