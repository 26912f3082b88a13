using System.Diagnostics;

namespace AITrader.Messaging;

/// <summary>Carries traces on from message to message.</summary>
public static class MessageTraces
{
    // 00-{32}-{16}-{2}
    private const int TraceparentLength = 55;

    /// <summary>The context of a message's W3C traceparent; the default one where it has none.</summary>
    public static ActivityContext ContextOf(string traceparent) =>
        ActivityContext.TryParse(traceparent, traceState: null, isRemote: true, out var context) ? context : default;

    /// <summary>Whether somebody records the trace: the flag at the end of its traceparent. Cheap enough for every message of a
    /// batch.</summary>
    internal static bool IsRecorded(string traceparent) =>
        traceparent.Length == TraceparentLength
        && char.IsAsciiHexDigit(traceparent[^1])
        && (HexValue(traceparent[^1]) & (int)ActivityTraceFlags.Recorded) != 0;

    /// <summary>Begins what a message leads to, as a span of its trace. Where nobody records the trace it still carries the trace's id into
    /// logs.</summary>
    /// <returns>Null where nobody listens at all, or the message has no trace.</returns>
    public static Activity? Continue(this ActivitySource source, string name, string traceparent)
    {
        ArgumentNullException.ThrowIfNull(source);
        var context = ContextOf(traceparent);
        return context == default ? null : source.StartActivity(name, ActivityKind.Consumer, context);
    }

    /// <summary>Begins one of several things that go on side by side: the caller's own span stays the current one.</summary>
    /// <returns>Null where nobody listens.</returns>
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
