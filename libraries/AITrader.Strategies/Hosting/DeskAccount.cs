using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Positions;
using AITrader.Strategies.Accounts;
using AITrader.Strategies.Orders;
using AITrader.Trading.Engine;

namespace AITrader.Strategies.Hosting;

/// <summary>A desk as a strategy sees it: orders go in, the account is read. What an order leads to is handed on after the handler that
/// placed it, so that no handler is called within another.</summary>
internal sealed class DeskAccount(TradingDesk desk, Func<string, Instrument?> terms) : IOrderGateway, IPortfolio
{
    private readonly Queue<TradingOutcome> _outcomes = new();

    /// <summary>Price of the newest tick when each order was placed.</summary>
    internal Dictionary<Guid, decimal> ArrivalPrices { get; } = [];

    public decimal Cash => desk.Ledger.Cash;

    public decimal FreeCash => desk.FreeCash;

    public decimal Equity => desk.Ledger.Equity(desk.Value);

    public IReadOnlyList<Order> Working => desk.Working;

    public Position PositionOf(string symbol) => desk.Ledger.PositionOf(symbol);

    public decimal? PriceOf(string symbol) => desk.Mark(symbol);

    public Instrument? Terms(string symbol) => terms(symbol);

    public void Submit(OrderRequest request)
    {
        Note(request);
        _outcomes.Enqueue(desk.Submit(request, isDuplicate: false));
    }

    public void Submit(Bracket bracket)
    {
        foreach (var leg in bracket.Legs)
        {
            Note(leg);
        }

        Enqueue(desk.Submit(bracket, isDuplicate: false));
    }

    public void Cancel(Guid orderId, string reason) => Enqueue(desk.Cancel(orderId, reason));

    internal void Enqueue(IReadOnlyList<TradingOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            _outcomes.Enqueue(outcome);
        }
    }

    private void Note(OrderRequest request)
    {
        if (desk.Mark(request.Symbol) is { } price)
        {
            ArrivalPrices[request.Id] = price;
        }
    }

    internal bool TryTake(out TradingOutcome outcome) => _outcomes.TryDequeue(out outcome!);
}
