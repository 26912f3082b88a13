using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Strategies.Orders;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>The way from a strategy's code to its account: closed to code that was given up.</summary>
internal sealed class HandlerGateway(HostedAccount account, HandlerThread thread) : IOrderGateway
{
    public Instrument? Terms(string symbol) => account.Terms(symbol);

    public void Submit(OrderRequest request) => thread.Enter(() => account.Submit(request));

    public void Submit(Bracket bracket) => thread.Enter(() => account.Submit(bracket));

    public void Cancel(Guid orderId, string reason) => thread.Enter(() => account.Cancel(orderId, reason));
}
