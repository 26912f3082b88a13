namespace AITrader.Messaging;

/// <summary>Redis could not be reached or did not answer in time. The caller should try again later; a write may or may not have been
/// stored.</summary>
public sealed class BusUnavailableException : Exception
{
    /// <summary>Creates the exception for a failed operation.</summary>
    public BusUnavailableException(string message, Exception? inner = null)
        : base(message, inner) { }
}
