using System.Globalization;
using AITrader.Contracts;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Tests.Support;
using AITrader.Messaging;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.ExecutionEngine.Tests;

/// <summary>Working orders of a strategy that falls silent are cancelled; those of people, exits and replays are not.</summary>
public sealed class DeadManTests : IAsyncLifetime
{
    private const string Hosted = "my-strategy";

    private Bench _bench = null!;
    private long _beats;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ICache Cache => _bench.Tools.Services.GetRequiredService<ICache>();

    public async ValueTask InitializeAsync()
    {
        _bench = await Bench.StartAsync();
        await _bench.StartAsync(
            "execution-engine",
            static builder => builder.AddExecution(),
            ("Execution:GuardInterval", "00:00:00.100"),
            ("DeadMan:Timeout", "00:00:02")
        );
        await _bench.Bus.PublishAsync(Session.Quote("", 1, 0, 60_000m, 60_000.1m, 5m), Ct);
        var state = _bench.Tools.Services.GetRequiredService<IStreamState>();
        await Bench.UntilAsync(async () => await state.GetAsync(MarketSnapshot.Key, Ct) is not null, "the first quote");
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Orders_stay_while_their_origin_is_heard_and_go_when_it_is_not()
    {
        await BeatAsync();
        var hosted = await SendAsync(1, isDecision: false);
        var decided = await SendAsync(2, isDecision: true);
        var manual = await SendAsync(3, isDecision: false, origin: "admin");

        // Longer than the timeout, but heard.
        for (var second = 0; second < 8; second++)
        {
            await Task.Delay(500, Ct);
            await BeatAsync();
        }

        foreach (var order in new[] { hosted, decided, manual })
        {
            Assert.Equal("SUBMITTED", await StatusAsync(order));
        }

        foreach (var order in new[] { hosted, decided })
        {
            await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == order && row.Status == "CANCELLED", Ct), "the cancel");
        }

        await using var db = _bench.NewContext();
        Assert.StartsWith(
            "ORIGIN_SILENT for=",
            (await db.Orders.SingleAsync(row => row.Id == hosted, Ct)).Reason,
            StringComparison.Ordinal
        );
        Assert.Equal("SUBMITTED", await StatusAsync(manual));
    }

    [Fact]
    public async Task A_decision_without_any_heartbeat_is_owed_one()
    {
        var decided = await SendAsync(1, isDecision: true);
        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == decided && row.Status == "CANCELLED", Ct), "the cancel");
    }

    private async Task BeatAsync()
    {
        var value = (++_beats).ToString(CultureInfo.InvariantCulture);
        await Cache.SetAsync(CacheKeys.StrategyHeartbeat(Hosted), value, CacheKeys.HeartbeatTtl, Ct);
        await Cache.SetAsync(CacheKeys.DecisionHeartbeat, value, CacheKeys.HeartbeatTtl, Ct);
    }

    private async Task<Guid> SendAsync(int number, bool isDecision, string origin = Hosted)
    {
        var id = DeterministicId.Create("dead-man", $"{number}");
        var order = Session.New(id, "", 1, 0, Side.Buy, 1m, 59_000m) with { Origin = origin };
        await _bench.Bus.PublishAsync(isDecision ? order : order with { DecisionId = null }, Ct);
        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == id, Ct), $"order {number}");
        return id;
    }

    private async Task<string> StatusAsync(Guid order)
    {
        await using var db = _bench.NewContext();
        return (await db.Orders.SingleAsync(row => row.Id == order, Ct)).Status;
    }
}
