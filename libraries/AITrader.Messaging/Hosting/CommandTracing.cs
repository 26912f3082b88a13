namespace AITrader.Messaging.Hosting;

/// <summary>Whether the commands that a traced piece of work sends to Redis are spans of its trace.</summary>
/// <remarks>
/// The client's instrumentation keeps every command that anybody sends, traced or not, until it looks them over ten seconds later. A
/// publisher of 70,000 ticks a
/// second needed 860 MB with it and 90 MB without: who sends that much switches it off. Messages are traced either way.
/// </remarks>
public enum CommandTracing
{
    /// <summary>They are.</summary>
    On,

    /// <summary>They are not, and cost nothing.</summary>
    Off,
}
