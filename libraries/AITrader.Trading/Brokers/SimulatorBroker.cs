using System.Globalization;
using AITrader.Domain.Brokers;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Domain.Ticks;
using AITrader.Trading.Engine;
using AITrader.Trading.Ledger;

namespace AITrader.Trading.Brokers;

/// <summary>The simulator as a broker: a desk of its own behind the port, moved by the ticks that it is shown. Safe from any
/// thread.</summary>
/// <remarks>
/// What the desk denies is a refusal: nothing of it is in the book. Orders are executed at ticks alone, as the fill model says; a change is
/// in the book at once, and in force after the order's latency.
/// </remarks>
public sealed class SimulatorBroker : IBroker
{
    private readonly Lock _gate = new();
    private readonly TradingDesk _desk;
    private readonly Func<OrderRequest, string?> _rejects;
    private readonly List<Guid> _numbers = [];
    private readonly Dictionary<Guid, Order> _orders = [];
    private readonly List<Fill> _fills = [];
    private int _changes;

    /// <summary>A broker with an account.</summary>
    /// <param name="settings">Instruments, limits and the simulator's settings.</param>
    /// <param name="cash">Cash of the account.</param>
    /// <param name="rejects">The venue's own check of an order that was taken: why it rejects it, or null.</param>
    public SimulatorBroker(TradingSettings settings, decimal cash, Func<OrderRequest, string?>? rejects = null)
    {
        _desk = new TradingDesk(settings, new AccountLedger(cash)) { IsReconciled = true };
        _rejects = rejects ?? (static _ => null);
    }

    /// <inheritdoc/>
    public string Name => "simulator";

    /// <inheritdoc/>
    public BrokerCapabilities Capabilities => BrokerCapabilities.Simulator;

    /// <summary>Shows the market: orders are executed at it.</summary>
    public void OnTick(in Tick tick)
    {
        lock (_gate)
        {
            Keep(_desk.OnTick(tick));
        }
    }

    /// <inheritdoc/>
    public string TagOf(Guid orderId) => orderId.ToString("N");

    /// <inheritdoc/>
    public Task<BrokerAnswer> PlaceAsync(OrderRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            var taken = request with { EventTime = _desk.Now, Seq = _desk.Seq, Run = _desk.Run ?? string.Empty };
            var outcome = _desk.Submit(taken, isDuplicate: _orders.ContainsKey(request.Id));
            if (outcome.Status == OrderStatus.Denied)
            {
                return Task.FromResult<BrokerAnswer>(Refused(outcome.Reason));
            }

            _numbers.Add(request.Id);
            Keep([outcome]);
            if (_rejects(request) is { } reason)
            {
                Keep(_desk.Apply(outcome.Order, new OrderNews(OrderStatus.Rejected, reason, _desk.Now, _desk.Seq, null)));
            }

            return Task.FromResult<BrokerAnswer>(new BrokerAnswer.Accepted(NumberOf(request.Id)));
        }
    }

    /// <inheritdoc/>
    public Task<BrokerAnswer> ModifyAsync(string brokerOrderId, OrderRequest changed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(changed);
        lock (_gate)
        {
            var id = DeterministicId.Create("simulator-change", FormattableString.Invariant($"{brokerOrderId}/{++_changes}"));
            var change = new OrderChange(id, changed.Quantity, changed.LimitPrice, changed.Conditions.TriggerPrice, _desk.Now);
            return Task.FromResult(Answer(brokerOrderId, order => _desk.Modify(order, change), "MODIFY_REFUSED"));
        }
    }

    /// <inheritdoc/>
    public Task<BrokerAnswer> CancelAsync(string brokerOrderId, CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(Answer(brokerOrderId, order => _desk.Cancel(order, "CANCEL_REQUESTED"), "CANCEL_REFUSED"));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BrokerOrder>> GetOrdersAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<BrokerOrder>>([.. _numbers.Select(id => Show(_orders[id]))]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BrokerExecution>> GetExecutionsAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<BrokerExecution>>([
                .. _fills.Select(fill => new BrokerExecution(
                    fill.ExecId.ToString("N"),
                    NumberOf(fill.OrderId),
                    fill.Symbol,
                    fill.Side,
                    fill.Quantity,
                    fill.Price,
                    fill.Timestamp
                )),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BrokerPosition>> GetPositionsAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<BrokerPosition>>([
                .. _desk.Ledger.Positions.Values.Select(static position => new BrokerPosition(
                    position.Symbol,
                    string.Empty,
                    position.Quantity,
                    position.AveragePrice
                )),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<decimal> GetAvailableFundsAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(_desk.FreeCash);
        }
    }

    private BrokerAnswer Answer(string number, Func<Guid, IReadOnlyList<TradingOutcome>> ask, string refusal)
    {
        var at = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        if (at < 1 || at > _numbers.Count)
        {
            return new BrokerAnswer.Refused(refusal, $"there is no order {number}");
        }

        var outcomes = ask(_numbers[at - 1]);
        Keep(outcomes);
        return outcomes.Count == 0 ? new BrokerAnswer.Refused(refusal, $"order {number} is not working")
            : outcomes[0].Reason.StartsWith(refusal, StringComparison.Ordinal) ? Refused(outcomes[0].Reason)
            : new BrokerAnswer.Accepted(number);
    }

    private void Keep(IReadOnlyList<TradingOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            _orders[outcome.Order.Id] = outcome.Order;
            if (outcome.Fill is { } fill)
            {
                _fills.Add(fill);
            }
        }

        foreach (var order in _desk.TakeChanged())
        {
            _orders[order.Id] = order;
        }
    }

    private string NumberOf(Guid order) => (_numbers.IndexOf(order) + 1).ToString(CultureInfo.InvariantCulture);

    private BrokerOrder Show(Order order) =>
        new()
        {
            BrokerOrderId = NumberOf(order.Id),
            Tag = TagOf(order.Id),
            Symbol = order.Request.Symbol,
            Side = order.Request.Side,
            Quantity = order.Change?.Quantity ?? order.Quantity,
            LimitPrice = order.Change is { } change ? change.LimitPrice : order.Request.LimitPrice,
            TriggerPrice = order.Change is { } next ? next.TriggerPrice : order.Request.Conditions.TriggerPrice,
            Filled = order.Filled,
            AveragePrice = order.AveragePrice ?? 0m,
            Status = order.State.Status,
            StatusText = WireNames.Name(order.State.Status),
            Reason = order.Reason,
            RequestedAt = order.SentAt,
        };

    private static BrokerAnswer.Refused Refused(string reason) => new(reason.Split(' ', 2)[0], reason);
}
