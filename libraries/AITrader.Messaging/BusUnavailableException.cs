namespace AITrader.Messaging;

/// <summary>Redis could not be reached or did not answer in time. Trying again later is right; a write may or may not have been
/// stored.</summary>
public sealed class BusUnavailableException : Exception
{
    /// <summary>Says what was tried and why it failed.</summary>
    public BusUnavailableException(string message, Exception? inner = null)
        : base(message, inner) { }
}
