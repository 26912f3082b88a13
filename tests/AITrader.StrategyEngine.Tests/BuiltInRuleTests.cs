using AITrader.Domain.Orders;
using AITrader.Inference.Client;
using AITrader.Storage.Rows;
using AITrader.StrategyEngine.Tests.Support;
using AITrader.Trading.TestBench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AITrader.StrategyEngine.Tests;

/// <summary>Bounds of the built-in rule beside those of a symbol.</summary>
public sealed class BuiltInRuleTests : IAsyncLifetime
{
    private readonly ScriptedForecaster _forecaster = new();
    private Bench _bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task In_paper_mode_it_sends_nothing_to_a_brokers_account_and_replays_go_on()
    {
        var engine = await StartAsync(("Strategies:LiveAccount", "broker"));
        var live = SampleSignals.At(1, 0, run: "") with { Timestamp = TimeProvider.System.GetUtcNow() };
        var held = await _bench.DecideAsync(live);
        Assert.Equal(("HOLD", "PAPER_STRATEGY mode=paper live_account=broker"), (held.Action, held.Reason));
        Assert.Empty(StoredDecision.Recompute(held).Differences);
        Assert.Equal("BUY", (await _bench.DecideAsync(SampleSignals.At(10, 1))).Action);
        await _bench.StopAsync(engine);

        await StartAsync(("Strategies:LiveAccount", "broker"), ("Strategy:Mode", "live"));
        var sent = await _bench.DecideAsync(
            SampleSignals.At(2, 0, run: "", pattern: "breakout") with
            {
                Timestamp = TimeProvider.System.GetUtcNow(),
            }
        );
        Assert.Equal("BUY", sent.Action);
    }

    [Fact]
    public async Task Its_budget_counts_what_its_orders_hold_and_may_still_get_in_all_symbols()
    {
        await StartAsync(("Strategy:Budget", "25000"), ("Strategy:CoolDown", "00:00:00"));

        // 0.166 at 60 000 is 9 960: twice that is within the budget, and three times is not.
        var first = await _bench.DecideAsync(SampleSignals.At(10, 1) with { Symbol = "ETHUSDT" });
        await TakeAsync(first, filled: 0.1m);
        var second = await _bench.DecideAsync(SampleSignals.At(11, 2, pattern: "breakout") with { Symbol = "SOLUSDT" });
        await TakeAsync(second, filled: 0m);
        var third = await _bench.DecideAsync(SampleSignals.At(12, 3, pattern: "rsi_turn"));

        Assert.Equal(["BUY", "BUY", "HOLD"], new[] { first, second, third }.Select(static one => one.Action));
        Assert.Equal("RULE_BUDGET_EXCEEDED notional=29880 budget=25000", third.Reason);
        Assert.Empty(StoredDecision.Recompute(third).Differences);

        // Another run holds nothing.
        Assert.Equal("BUY", (await _bench.DecideAsync(SampleSignals.At(1, 3, run: "run-b"))).Action);
    }

    private async Task TakeAsync(DecisionRow decision, decimal filled)
    {
        await using var db = _bench.NewContext();
        db.Orders.Add(
            new OrderRow
            {
                Id = decision.OrderId!.Value,
                ClientOrderId = decision.OrderId.Value,
                DecisionId = decision.Id,
                Symbol = decision.Symbol,
                Side = Side.Buy,
                Type = "MARKET",
                TimeInForce = "DAY",
                Quantity = 0.166m,
                FilledQuantity = filled,
                Status = filled > 0m ? "PARTIALLY_FILLED" : "ACCEPTED",
                Run = decision.Run,
                Seq = decision.Seq,
                EventTime = decision.Timestamp,
                CreatedAt = decision.Timestamp,
                UpdatedAt = decision.Timestamp,
            }
        );
        await db.SaveChangesAsync(Ct);
    }

    private Task<IHost> StartAsync(params (string Key, string Value)[] settings) =>
        _bench.StartAsync(
            "strategy-engine",
            builder =>
            {
                builder.AddStrategy();
                builder.Services.RemoveAll<IForecaster>();
                builder.Services.AddSingleton<IForecaster>(_forecaster);
            },
            [("Strategy:SentimentEngine", "http://127.0.0.1:9"), .. settings]
        );
}
