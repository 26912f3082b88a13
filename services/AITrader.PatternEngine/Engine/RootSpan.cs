using System.Diagnostics;

namespace AITrader.PatternEngine.Engine;

/// <summary>Begins traces whose id is known beforehand.</summary>
internal static class RootSpan
{
    [ThreadStatic]
    private static ActivityTraceId _wanted;

    // The runtime's hook for the ids of new traces. Nothing else in this process uses it.
    static RootSpan() => Activity.TraceIdGenerator = static () => _wanted == default ? ActivityTraceId.CreateRandom() : _wanted;

    /// <summary>A span without a parent, in the trace of this id; the caller's own span stays the current one.</summary>
    /// <returns>Null without a listener.</returns>
    public static Activity? Start(ActivitySource source, string name, ActivityTraceId id, DateTimeOffset start)
    {
        var current = Activity.Current;
        Activity.Current = null;
        _wanted = id;
        try
        {
            return source.StartActivity(ActivityKind.Consumer, parentContext: default, startTime: start, name: name);
        }
        finally
        {
            _wanted = default;
            Activity.Current = current;
        }
    }
}
