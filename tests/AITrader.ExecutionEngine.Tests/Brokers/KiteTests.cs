using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Tests.Hosting;
using AITrader.TestSupport;
using AITrader.Trading.TestBench;
using AITrader.Venues.Kite.Rest;
using Microsoft.EntityFrameworkCore;

namespace AITrader.ExecutionEngine.Tests.Brokers;

/// <summary>What is Kite's own: its days, its sign-in, and what it has no words for.</summary>
public sealed class KiteTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private BrokerBench _bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await BrokerBench.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_iceberg_is_sent_in_parts_one_after_the_other()
    {
        await _bench.StartEngineAsync();
        var iceberg = BrokerBench.Message(1, _bench.Bid + 5m, type: "ICEBERG") with
        {
            Conditions = new OrderConditions { DisplayQuantity = 4m },
        };
        await _bench.SendAsync(iceberg);
        await _bench.UntilAsync(iceberg.Id, "FILLED");
        var orders = (await _bench.LedgerAsync()).Orders;
        Assert.Equal([2m, 4m, 4m], orders.Select(static order => BrokerBench.Number(order, "quantity")).Order());
        Assert.All(orders, static order => Assert.Equal("LIMIT", BrokerBench.Text(order, "order_type")));
        await _bench.AssertBooksAsync();
        await using var db = _bench.Bench.NewContext();
        Assert.Equal([0, 1, 2], await db.BrokerOrders.OrderBy(static row => row.Part).Select(static row => row.Part).ToListAsync(Ct));
    }

    // Seen at brokers whose line fails in the middle of a change: one order of ours, two of theirs.
    [Fact]
    public async Task A_second_order_under_the_same_tag_is_not_ours_and_what_it_trades_halts()
    {
        await _bench.StartEngineAsync();
        var order = await _bench.SendAsync(BrokerBench.Message(1));
        await _bench.UntilAsync(order, "FILLED");
        await _bench.StopEngineAsync();
        await _bench.TradeElsewhereAsync(order, 7m);
        await _bench.LaunchAsync();
        await _bench.Bench.UntilAsync(static found => found.Accounts.AnyAsync(static row => row.TradingState == "HALTED", Ct), "the halt");
        Assert.Equal(10m, (await _bench.RowAsync(order)).FilledQuantity);
        await Bench.UntilAsync(
            () =>
                Task.FromResult(_bench.State.Reading.Differences.Count(static one => one.Kind is "foreign_order" or "unknown_trade") == 2),
            "both differences"
        );
    }

    [Theory]
    [InlineData("halt")]
    [InlineData("adopt")]
    public async Task An_order_that_is_not_in_the_days_book_any_more_is_a_difference(string policy)
    {
        var order = await RestAsync();
        await using var other = await AnotherExchangeAsync();
        await _bench.LaunchAsync(null, ("Kite:Address", other.Client.BaseAddress!.ToString()), ("Broker:MissingOrders", policy));
        await _bench.Bench.UntilAsync(
            static db => db.AuditEvents.AnyAsync(static row => row.EventType == "broker.difference", Ct),
            "the difference"
        );
        await using var db = _bench.Bench.NewContext();
        if (policy == "halt")
        {
            await _bench.Bench.UntilAsync(
                static found => found.Accounts.AnyAsync(static row => row.TradingState == "HALTED", Ct),
                "the halt"
            );
            var account = await db.Accounts.SingleAsync(Ct);
            Assert.StartsWith("BROKER_DIFFERS kind=missing_order", account.HaltReason, StringComparison.Ordinal);
            Assert.DoesNotContain("EXPIRED", await _bench.StepsAsync(order));
        }
        else
        {
            await _bench.UntilAsync(order, "EXPIRED");
            Assert.Equal("NOT_AT_BROKER", (await _bench.RowAsync(order)).Reason);
            Assert.Equal("ACTIVE", (await db.Accounts.SingleAsync(Ct)).TradingState);
        }
    }

    [Fact]
    public async Task An_order_of_another_day_has_ended_with_it()
    {
        var order = await RestAsync();
        await using (var db = _bench.Bench.NewContext())
        {
            await db.BrokerOrders.ExecuteUpdateAsync(
                static set => set.SetProperty(static row => row.IntendedAt, static row => row.IntendedAt.AddDays(-1)),
                Ct
            );
        }

        await using var other = await AnotherExchangeAsync();
        await _bench.LaunchAsync(null, ("Kite:Address", other.Client.BaseAddress!.ToString()));
        await _bench.UntilAsync(order, "EXPIRED");
        Assert.Equal("DAY_ENDED", (await _bench.RowAsync(order)).Reason);
        await _bench.UntilAgreedAsync();
        await using var after = _bench.Bench.NewContext();
        Assert.Equal("ACTIVE", (await after.Accounts.SingleAsync(Ct)).TradingState);
    }

    [Fact]
    public async Task The_days_token_is_read_from_a_file_and_a_new_one_when_it_is_over()
    {
        var file = _folder.PathOf("token");
        await _bench.LaunchAsync(null, ("Kite:AccessTokenFile", file), ("Execution:MaxOrderAge", "00:01:00"));
        await UntilFailureAsync("cannot be read");
        await File.WriteAllTextAsync(file, await TokenAsync() + "\n", Ct);
        await _bench.UntilAgreedAsync();
        await _bench.UntilAsync(await _bench.SendAsync(BrokerBench.Message(1)), "FILLED");

        // Over at 06:00: what is in the file is not tried again and again.
        await _bench.FaultAsync("sessions/end");
        await UntilFailureAsync("is over");
        await File.WriteAllTextAsync(file, await TokenAsync(), Ct);
        await Bench.UntilAsync(() => Task.FromResult(_bench.State.Reading.LostSince is null), "the line again");
        await _bench.QuoteAsync();
        await _bench.UntilAsync(await _bench.SendAsync(BrokerBench.Message(2)), "FILLED");
        await _bench.AssertBooksAsync();
    }

    private Task UntilFailureAsync(string text) =>
        Bench.UntilAsync(
            () => Task.FromResult(_bench.State.Reading.Failure.Contains(text, StringComparison.Ordinal)),
            $"a failure that says '{text}'"
        );

    private static Task<ServiceProcess> AnotherExchangeAsync() =>
        ServiceProcess.StartAsync("AITrader.MockMcp", ("Market:TicksPerSecond", "0"), ("Kite:LimitRates", "false"));

    // Rests at the broker while the engine is stopped.
    private async Task<Guid> RestAsync()
    {
        await _bench.StartEngineAsync();
        var order = await _bench.SendAsync(BrokerBench.Message(1, _bench.Bid - 20m));
        await _bench.UntilAsync(order, "ACCEPTED");
        await _bench.StopEngineAsync();
        return order;
    }

    private async Task<string> TokenAsync()
    {
        var kite = new KiteClient(_bench.Mock.Client);
        var token = await kite.RequestTokenAsync(_bench.Mock.Client.BaseAddress!, "test_api_key", Ct);
        return (await kite.CreateSessionAsync("test_api_key", token, "test_api_secret", Ct)).Credentials.AccessToken;
    }
}
