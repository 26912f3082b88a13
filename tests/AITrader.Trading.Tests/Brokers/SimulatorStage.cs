using AITrader.Domain.Brokers;
using AITrader.Domain.Ids;
using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.TestSupport.Brokers;
using AITrader.Trading.Brokers;
using AITrader.Trading.Engine;
using AITrader.Trading.Fills;
using AITrader.Trading.Risk;

namespace AITrader.Trading.Tests.Brokers;

/// <summary>The simulator before a market that moves on with each request, and a line that loses what it is told to lose.</summary>
internal sealed class SimulatorStage : BrokerStage, IBroker
{
    private const decimal Bid = 1_500m;
    private const decimal Ask = 1_500.05m;

    private readonly SimulatorBroker _simulator;
    private long _seq;
    private string? _rejection;
    private bool _losesAnswer;
    private bool _losesOrder;
    private bool _failsQuestion;

    public SimulatorStage()
    {
        var terms = new Instrument("NSE:INFY", "NSE", "INR", 0.05m, 1m, 0m);
        var settings = new TradingSettings(
            symbol => symbol == terms.Symbol ? terms : null,
            RiskLimits.Default,
            new FillRules(TimeSpan.Zero),
            static (order, tick) => DeterministicId.Execution(order, tick, 0)
        );
        _simulator = new SimulatorBroker(settings, 1_000_000m, _ => Once(ref _rejection));
        Step();
    }

    public override IBroker Broker => this;

    public override string Symbol => "NSE:INFY";

    public string Name => _simulator.Name;

    public BrokerCapabilities Capabilities => _simulator.Capabilities;

    public override Task<decimal> WaitingPriceAsync() => Task.FromResult(Bid - 20m);

    public override Task LoseNextAnswerAsync() => Set(ref _losesAnswer);

    public override Task LoseNextOrderAsync() => Set(ref _losesOrder);

    public override Task FailNextQuestionAsync() => Set(ref _failsQuestion);

    public override Task RejectNextOrderAsync(string reason)
    {
        _rejection = reason;
        return Task.CompletedTask;
    }

    public string TagOf(Guid orderId) => _simulator.TagOf(orderId);

    async Task<BrokerAnswer> IBroker.PlaceAsync(OrderRequest request, CancellationToken ct)
    {
        if (Once(ref _losesOrder))
        {
            return new BrokerAnswer.Unknown("lost on its way");
        }

        var answer = await _simulator.PlaceAsync(request, ct);
        Step();
        return Once(ref _losesAnswer) ? new BrokerAnswer.Unknown("the answer was lost") : answer;
    }

    public Task<BrokerAnswer> ModifyAsync(string brokerOrderId, OrderRequest changed, CancellationToken ct) =>
        _simulator.ModifyAsync(brokerOrderId, changed, ct);

    public Task<BrokerAnswer> CancelAsync(string brokerOrderId, CancellationToken ct) => _simulator.CancelAsync(brokerOrderId, ct);

    public Task<IReadOnlyList<BrokerOrder>> GetOrdersAsync(CancellationToken ct)
    {
        if (Once(ref _failsQuestion))
        {
            throw new BrokerUnavailableException("Test", "no answer");
        }

        Step();
        return _simulator.GetOrdersAsync(ct);
    }

    public Task<IReadOnlyList<BrokerExecution>> GetExecutionsAsync(CancellationToken ct) => _simulator.GetExecutionsAsync(ct);

    public Task<IReadOnlyList<BrokerPosition>> GetPositionsAsync(CancellationToken ct) => _simulator.GetPositionsAsync(ct);

    public Task<decimal> GetAvailableFundsAsync(CancellationToken ct) => _simulator.GetAvailableFundsAsync(ct);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Step()
    {
        _seq++;
        _simulator.OnTick(
            new Tick
            {
                Symbol = Symbol,
                Price = Price.Of(Bid),
                Volume = Quantity.Of(0m),
                Timestamp = new DateTimeOffset(2026, 6, 1, 4, 0, 0, TimeSpan.Zero).AddMilliseconds(10 * _seq),
                Kind = TickKind.Quote,
                Bid = Price.Of(Bid),
                BidSize = Quantity.Of(100m),
                Ask = Price.Of(Ask),
                AskSize = Quantity.Of(100m),
                Source = "test",
                Seq = _seq,
                Run = string.Empty,
            }
        );
    }

    private static Task Set(ref bool fault)
    {
        fault = true;
        return Task.CompletedTask;
    }

    private static bool Once(ref bool fault)
    {
        var was = fault;
        fault = false;
        return was;
    }

    private static string? Once(ref string? reason)
    {
        var was = reason;
        reason = null;
        return was;
    }
}
