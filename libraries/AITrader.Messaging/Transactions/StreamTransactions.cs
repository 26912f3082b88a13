using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Redis;

namespace AITrader.Messaging.Transactions;

/// <summary>Creates Redis transactions.</summary>
internal sealed class StreamTransactions(RedisBus bus, MessagingMetrics metrics) : IStreamTransactions
{
    public IStreamTransaction Begin() => new StreamTransaction(bus, metrics);
}
