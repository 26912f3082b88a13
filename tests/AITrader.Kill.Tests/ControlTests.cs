using AITrader.Contracts;
using AITrader.Kill.Tests.Faults;
using AITrader.Kill.Tests.Judging;
using AITrader.Kill.Tests.Stack;
using AITrader.Venues.Kite.Orders;
using AITrader.Venues.Kite.Rest;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

namespace AITrader.Kill.Tests;

/// <summary>The same system, with one rule of it broken: the judge must find it, or its silence says nothing.</summary>
[Collection(SuiteSettings.Alone)]
public sealed class ControlTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_system_that_acknowledges_before_it_has_stored_loses_orders()
    {
        await using var stack = await KillStack.StartAsync();
        using var hand = new HandFlow(stack, 1);
        await using (new MarketFlow(stack))
        {
            await UntilTradedAsync(stack);
        }

        // Without ticks the strategy is silent: the order by hand is the one that is stopped.
        Assert.Empty((await Quiet.JudgeAsync(stack, hand, Ct)).Findings);
        await stack.AskToStopAtAsync(OrderSteps.Taken, Ct);
        var lost = await hand.OrderAsync("BUY", 1m, Ct);
        await Eventually(() => Task.FromResult(stack.StoppedAt(OrderSteps.Taken) is not null));
        var engine = stack.StoppedAt(OrderSteps.Taken)!;
        await AcknowledgeAsync(stack);
        await stack.KillAsync(engine);
        stack.Release();
        await stack.StartAgainAsync(engine);

        var (findings, _) = await Quiet.JudgeAsync(stack, hand, Ct, Patience);
        Assert.Equal([$"lost: order {lost} was promised, and there is no trace of it"], findings);
    }

    [Fact]
    public async Task A_system_that_sends_again_without_looking_doubles_orders()
    {
        await using var stack = await KillStack.StartAsync();
        using var hand = new HandFlow(stack, 1);
        await using (new MarketFlow(stack))
        {
            await UntilTradedAsync(stack);
        }

        await using (var db = stack.NewContext())
        {
            var tag = await db.BrokerOrders.Where(static row => row.BrokerOrderId != null).Select(static row => row.Tag).FirstAsync(Ct);
            await SendBehindEnginesAsync(stack, tag);
        }

        var (findings, _) = await Quiet.JudgeAsync(stack, hand, Ct, Patience);
        Assert.Contains(findings, finding => finding.StartsWith("doubled", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.StartsWith("wrong", StringComparison.Ordinal));
    }

    // What was delivered is held for done, on the bus and in the outbox.
    private static async Task AcknowledgeAsync(KillStack stack)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(stack.Redis.ConnectionString);
        var redis = connection.GetDatabase();
        var pending = await redis.StreamPendingMessagesAsync(StreamNames.Orders, ConsumerGroups.Execution, 1000, RedisValue.Null);
        await redis.StreamAcknowledgeAsync(
            StreamNames.Orders,
            ConsumerGroups.Execution,
            [.. pending.Select(static entry => entry.MessageId)]
        );
        await using var db = stack.NewContext();
        await db.Outbox.Where(row => !db.Orders.Any(order => order.Id == row.Id)).ExecuteDeleteAsync(Ct);
    }

    // An engine that found its session ended would sign in, and end ours.
    private static async Task SendBehindEnginesAsync(KillStack stack, string tag)
    {
        foreach (var engine in KillStack.Engines)
        {
            stack.Freeze(engine);
        }

        await SendAgainAsync(stack, tag);
        foreach (var engine in KillStack.Engines)
        {
            stack.Thaw(engine);
        }
    }

    private static async Task SendAgainAsync(KillStack stack, string tag)
    {
        var mock = stack.Service(KillStack.Mock).Client;
        var kite = new KiteClient(mock);
        var token = await kite.RequestTokenAsync(mock.BaseAddress!, "test_api_key", Ct);
        var caller = (await kite.CreateSessionAsync("test_api_key", token, "test_api_secret", Ct)).Credentials;
        await new KiteOrderClient(mock).PlaceAsync(
            caller,
            "regular",
            new Dictionary<string, string>
            {
                ["exchange"] = "NSE",
                ["tradingsymbol"] = "INFY",
                ["transaction_type"] = "BUY",
                ["quantity"] = "5",
                ["order_type"] = "MARKET",
                ["product"] = "MIS",
                ["validity"] = "DAY",
                ["tag"] = tag,
            },
            Ct
        );
    }

    private static Task UntilTradedAsync(KillStack stack) =>
        Eventually(async () =>
        {
            await using var db = stack.NewContext();
            return await db.Executions.AnyAsync(Ct);
        });

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(60), "Waited in vain.");
            await Task.Delay(20, Ct);
        }
    }
}
