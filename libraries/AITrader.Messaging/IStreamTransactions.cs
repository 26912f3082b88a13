namespace AITrader.Messaging;

/// <summary>Starts transactions.</summary>
public interface IStreamTransactions
{
    /// <summary>A new, empty one.</summary>
    IStreamTransaction Begin();
}
