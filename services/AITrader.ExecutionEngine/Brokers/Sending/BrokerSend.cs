using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Brokers.Parts;

namespace AITrader.ExecutionEngine.Brokers.Sending;

/// <summary>Something to be sent to the broker once it is stored.</summary>
internal abstract record BrokerSend(PartAtBroker Part)
{
    internal sealed record Place(PartAtBroker Part, OrderRequest Request) : BrokerSend(Part);

    internal sealed record Cancel(PartAtBroker Part) : BrokerSend(Part);

    internal sealed record Change(PartAtBroker Part, OrderRequest Request) : BrokerSend(Part);
}
