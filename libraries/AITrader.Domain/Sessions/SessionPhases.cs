namespace AITrader.Domain.Sessions;

/// <summary>What a market does at a moment; as a set, which of these count as trading.</summary>
[Flags]
public enum SessionPhases
{
    /// <summary>No trading: night, weekend, holiday, the pause before a closing session.</summary>
    Closed = 0,

    /// <summary>Before the open: the call auction of NSE, pre-market of US equities.</summary>
    PreOpen = 1,

    /// <summary>Continuous trading.</summary>
    Regular = 2,

    /// <summary>After the close: the closing session of NSE, after-hours of US equities.</summary>
    PostClose = 4,
}
