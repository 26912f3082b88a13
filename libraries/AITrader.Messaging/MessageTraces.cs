using System.Diagnostics;

namespace AITrader.Messaging;

/// <summary>Continues traces from message to message.</summary>
public static class MessageTraces
{
    // 00-{32}-{16}-{2}
    private const int TraceparentLength = 55;

    /// <summary>The trace context in the W3C traceparent of a message; the default context where the message has none.</summary>
    public static ActivityContext ContextOf(string traceparent) =>
        ActivityContext.TryParse(traceparent, traceState: null, isRemote: true, out var context) ? context : default;

    /// <summary>Whether the trace is recorded, according to the flag at the end of its traceparent. Cheap enough for every message of a
    /// batch.</summary>
    internal static bool IsRecorded(string traceparent) =>
        traceparent.Length == TraceparentLength
        && char.IsAsciiHexDigit(traceparent[^1])
        && (HexValue(traceparent[^1]) & (int)ActivityTraceFlags.Recorded) != 0;

    /// <summary>Starts a span for work that a message causes, as part of the trace of the message. Where the trace is not recorded, the
    /// span still carries the trace id into logs.</summary>
    /// <returns>The span; null where no listener is registered or the message has no trace.</returns>
    public static Activity? Continue(this ActivitySource source, string name, string traceparent)
    {
        ArgumentNullException.ThrowIfNull(source);
        var context = ContextOf(traceparent);
        return context == default ? null : source.StartActivity(name, ActivityKind.Consumer, context);
    }

    /// <summary>Starts one of several concurrent spans. The current span of the caller stays the current one.</summary>
    /// <returns>The span; null where no listener is registered.</returns>
    public static Activity? StartBeside(this ActivitySource source, string name, ActivityKind kind, ActivityContext parent)
    {
        ArgumentNullException.ThrowIfNull(source);
        var current = Activity.Current;
        try
        {
            return source.StartActivity(name, kind, parent);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private static int HexValue(char digit) => digit <= '9' ? digit - '0' : (digit | ' ') - 'a' + 10;
}
