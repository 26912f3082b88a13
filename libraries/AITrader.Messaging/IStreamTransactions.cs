namespace AITrader.Messaging;

/// <summary>Creates Redis transactions.</summary>
public interface IStreamTransactions
{
    /// <summary>Creates an empty transaction.</summary>
    IStreamTransaction Begin();
}
