using System.Collections.Concurrent;
using System.Diagnostics;

namespace AITrader.TestSupport;

/// <summary>Records the project's own spans of some traces, as an exporter would: a trace from its root on, or from a parent that is
/// recorded. Other traces are left to others.</summary>
public sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    /// <summary>Begins to record.</summary>
    /// <param name="isWanted">Tells the traces by their id, in hex.</param>
    public SpanRecorder(Func<string, bool> isWanted)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith("AITrader.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                isWanted(options.TraceId.ToHexString())
                && (options.Parent.TraceId == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.Recorded && isWanted(span.TraceId.ToHexString()))
                {
                    _ended.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>What has ended so far.</summary>
    public IReadOnlyList<Activity> Spans => [.. _ended];

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();
}
