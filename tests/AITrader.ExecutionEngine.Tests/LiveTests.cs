using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Tests.Support;
using AITrader.Messaging;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.ExecutionEngine.Tests;

/// <summary>Without a run there is no barrier: orders are taken when they come.</summary>
public sealed class LiveTests : IAsyncLifetime
{
    private Bench _bench = null!;
    private long _seq;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await Bench.StartAsync();
        await _bench.StartAsync("execution-engine", static builder => builder.AddExecution(), ("Execution:GuardInterval", "00:00:00.100"));
        await QuoteAsync(0);
        var state = _bench.Tools.Services.GetRequiredService<IStreamState>();
        await Bench.UntilAsync(async () => await state.GetAsync(MarketSnapshot.Key, Ct) is not null, "the first quote");
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task An_order_is_checked_stored_and_filled()
    {
        var order = await SendAsync(1);
        Assert.Equal("SUBMITTED", await StatusAsync(order));
        await QuoteAsync(1);
        await UntilStatusAsync(order, "FILLED");

        await using var db = _bench.NewContext();
        Assert.Equal(
            ["SUBMITTED", "ACCEPTED", "FILLED"],
            await db
                .OrderEvents.Where(row => row.OrderId == order)
                .OrderBy(static row => row.Id)
                .Select(static row => row.Status)
                .ToListAsync(Ct)
        );
        Assert.Equal(
            ["order.submitted", "order.accepted", "order.filled"],
            await db
                .AuditEvents.Where(row => row.EntityId == order.ToString())
                .OrderBy(static row => row.Timestamp)
                .Select(static row => row.EventType)
                .ToListAsync(Ct)
        );
        await Bench.UntilAsync(async () => (await _bench.ReadAllAsync<Fill>()).Count == 1, "the fill on the bus");
        Assert.Equal(
            ["NEW", "SUBMITTED", "ACCEPTED", "FILLED"],
            (await _bench.ReadAllAsync<OrderMessage>()).Select(static message => message.Event)
        );
    }

    [Fact]
    public async Task A_second_order_with_the_same_client_order_id_is_refused_and_leaves_a_trail()
    {
        var first = await SendAsync(1);
        var second = Session.New(Id(2), "", _seq, 0.001, Side.Sell, 1m) with { ClientOrderId = first };
        await _bench.Bus.PublishAsync(second, Ct);
        await _bench.Bus.PublishAsync(second, Ct);
        await _bench.UntilAsync(db => db.AuditEvents.AnyAsync(static row => row.EventType == "order.refused", Ct), "the refusal");
        await SendAsync(3);

        await using var db = _bench.NewContext();
        Assert.False(await db.Orders.AnyAsync(row => row.Id == second.Id, Ct));
        Assert.Equal(1, await db.AuditEvents.CountAsync(static row => row.EventType == "order.refused", Ct));
        var refusal = Assert.Single(await _bench.ReadAllAsync<OrderMessage>(), static message => message.Event == "DENIED");
        Assert.Equal($"DUPLICATE_CLIENT_ORDER_ID client_order_id={first} order={first}", refusal.Reason);
    }

    [Fact]
    public async Task A_stale_price_denies()
    {
        var order = await SendAsync(1, at: 60);
        await using var db = _bench.NewContext();
        var row = await db.Orders.SingleAsync(row => row.Id == order, Ct);
        Assert.Equal(("DENIED", "STALE_PRICE age=60000ms max=5000ms quoted_at=2024-08-08T12:00:00.000000Z"), (row.Status, row.Reason));
    }

    [Fact]
    public async Task What_is_not_offered_and_what_cannot_be_booked_is_denied()
    {
        var stop = Session.New(Id(1), "", 1, 0, Side.Buy, 1m) with { Type = "SL-M" };
        await _bench.Bus.PublishAsync(stop, Ct);
        await UntilStatusAsync(stop.Id, "DENIED");
        await _bench.Bus.PublishAsync(Session.New(Id(2), "", 1, 0, Side.Buy, 99_999_999_999m), Ct);
        await SendAsync(3);

        await using var db = _bench.NewContext();
        Assert.Equal("ORDER_KIND_NOT_OFFERED type=SL-M tif=GTC", (await db.Orders.SingleAsync(row => row.Id == stop.Id, Ct)).Reason);
        Assert.Equal(
            "NOT_BOOKABLE qty=99999999999 price=none decimals=8 below=10000000000",
            (await db.Orders.SingleAsync(static row => row.Id == Id(2), Ct)).Reason
        );
    }

    [Fact]
    public async Task A_cancel_takes_a_working_order_back()
    {
        var order = await SendAsync(1, limit: 59_000m);
        await QuoteAsync(1);
        await UntilStatusAsync(order, "ACCEPTED");
        await _bench.Bus.PublishAsync(Session.New(order, "", 0, 1, Side.Buy, 1m) with { Event = "CANCEL", Origin = "admin" }, Ct);
        await UntilStatusAsync(order, "CANCELLED");
    }

    [Fact]
    public async Task A_change_is_taken_once_whatever_comes_twice()
    {
        var order = await SendAsync(1, limit: 59_000m);
        await QuoteAsync(1);
        await UntilStatusAsync(order, "ACCEPTED");
        var change = Session.New(order, "", 1, 1, Side.Buy, 1.5m, 59_100m) with { Event = "MODIFY", ClientOrderId = Id(50) };
        await _bench.Bus.PublishAsync(change, Ct);
        await UntilStatusAsync(order, "PENDING_UPDATE");
        await _bench.Bus.PublishAsync(change, Ct);
        await QuoteAsync(2);
        await UntilStatusAsync(order, "ACCEPTED");
        await _bench.Bus.PublishAsync(change, Ct);
        await _bench.Bus.PublishAsync(change with { ClientOrderId = Id(51), Quantity = 0.00000001m }, Ct);
        await _bench.UntilAsync(db => db.OrderEvents.AnyAsync(row => row.RequestId == Id(51), Ct), "the refusal");

        await using var db = _bench.NewContext();
        var row = await db.Orders.SingleAsync(found => found.Id == order, Ct);
        Assert.Equal((1.5m, 59_100m, null), (row.Quantity, row.Price, row.Change));
        Assert.Equal(
            ["SUBMITTED ", "ACCEPTED ", "PENDING_UPDATE qty=1.5 price=59100", "ACCEPTED MODIFIED qty=1.5 price=59100"],
            (
                await db
                    .OrderEvents.Where(step => step.OrderId == order && step.RequestId != Id(51))
                    .OrderBy(static step => step.Id)
                    .ToListAsync(Ct)
            ).Select(static step => $"{step.Status} {step.Reason}")
        );
        Assert.StartsWith(
            "MODIFY_REFUSED QUANTITY_NOT_LOT",
            (await db.OrderEvents.SingleAsync(static step => step.RequestId == Id(51), Ct)).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_bracket_is_taken_as_a_whole_and_its_stop_closes_what_the_entry_got()
    {
        var entry = Session.New(Id(1), "", 1, 0, Side.Buy, 1m) with { TakeProfit = 60_500m, StopLoss = 59_900m };
        await _bench.Bus.PublishAsync(entry, Ct);
        await QuoteAsync(1);
        await UntilStatusAsync(entry.Id, "FILLED");
        await _bench.Bus.PublishAsync(Session.Trade("", ++_seq, 2, 59_800m, 1m), Ct);
        await QuoteAsync(3, 59_700m);
        var (profit, loss) = (DeterministicId.Leg(entry.Id, "take-profit"), DeterministicId.Leg(entry.Id, "stop-loss"));
        await UntilStatusAsync(loss, "FILLED");
        await UntilStatusAsync(profit, "CANCELLED");
        await _bench.UntilAsync(static db => db.Positions.AnyAsync(static row => row.Quantity == 0m, Ct), "the flat position");

        await _bench.Bus.PublishAsync(
            entry with
            {
                Id = Id(2),
                ClientOrderId = Id(2),
                StopLoss = 59_900.05m,
                Timestamp = Session.At(3),
            },
            Ct
        );
        await UntilStatusAsync(Id(2), "DENIED");
        Assert.StartsWith("LEG_DENIED", await ReasonAsync(Id(2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_halt_cancels_what_adds_risk_denies_new_orders_and_lets_reducing_ones_pass()
    {
        var bought = await SendAsync(1);
        await QuoteAsync(1);
        await UntilStatusAsync(bought, "FILLED");
        var resting = await SendAsync(2, at: 1, limit: 59_000m);

        await SetStateAsync("HALTED");
        await UntilStatusAsync(resting, "CANCELLED");
        var denied = await SendAsync(3, at: 1);
        Assert.Equal("DENIED", await StatusAsync(denied));
        Assert.Equal("SUBMITTED", await StatusAsync(await SendAsync(4, at: 1, side: Side.Sell)));

        await SetStateAsync("ACTIVE");
        await Bench.UntilAsync(async () => await StatusAsync(await SendAsync(100 + (int)++_seq, at: 1)) == "SUBMITTED", "trading to go on");
    }

    [Fact]
    public async Task A_manual_order_belongs_to_the_market_as_it_is()
    {
        var now = TimeProvider.System.GetUtcNow();
        var at = (now - Session.At(0)).TotalSeconds;
        await QuoteAsync(at);
        var state = _bench.Tools.Services.GetRequiredService<IStreamState>();
        await Bench.UntilAsync(
            async () => MarketSnapshot.Read(await state.GetAsync(MarketSnapshot.Key, Ct))?.Seq >= _seq,
            "the quote of now"
        );
        var order = Manual(1, now);
        await _bench.Bus.PublishAsync(order, Ct);
        await UntilStatusAsync(order.Id, "SUBMITTED");
        await QuoteAsync(at + 1);
        await UntilStatusAsync(order.Id, "FILLED");
    }

    [Fact]
    public async Task One_that_was_asked_for_too_long_ago_is_denied_though_it_is_new_on_the_bus()
    {
        var order = Manual(1, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(2));
        await _bench.Bus.PublishAsync(order, Ct);
        await UntilStatusAsync(order.Id, "DENIED");
        Assert.StartsWith("STALE_ORDER", await ReasonAsync(order.Id), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE positions SET qty = qty + 1", "position BTCUSDT qty")]
    [InlineData("UPDATE accounts SET cash = cash + 0.01", "account cash")]
    [InlineData("UPDATE executions SET qty = qty + 1", "executions sum of BTCUSDT")]
    public async Task A_broken_identity_halts_trading_at_the_next_check_and_reconciling_opens_it_again(string breach, string reason)
    {
        var order = await SendAsync(1);
        await QuoteAsync(1);
        await UntilStatusAsync(order, "FILLED");

        Assert.InRange(new ExecutionOptions().GuardInterval, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        await ExecuteAsync(breach);
        await _bench.UntilAsync(static db => db.Accounts.AnyAsync(static row => row.TradingState == "HALTED", Ct), "the halt");
        await using (var db = _bench.NewContext())
        {
            Assert.StartsWith(reason, (await db.Accounts.SingleAsync(Ct)).HaltReason, StringComparison.Ordinal);
            Assert.True(await db.AuditEvents.AnyAsync(static row => row.EventType == "trading.halted", Ct));
        }

        // Closed books let nothing pass, not even what would reduce risk.
        await Bench.UntilAsync(
            async () => (await ReasonAsync(await SendAsync(1000 + (int)++_seq, at: 1, side: Side.Sell))) == "NOT_RECONCILED",
            "orders to be denied"
        );
        await ExecuteAsync(breach.Replace(" + ", " - ", StringComparison.Ordinal));
        await SetStateAsync("ACTIVE");
        await Bench.UntilAsync(
            async () => await StatusAsync(await SendAsync(2000 + (int)++_seq, at: 1)) == "SUBMITTED",
            "trading to go on"
        );
    }

    [Fact]
    public async Task Marks_positions_to_the_market()
    {
        var order = await SendAsync(1);
        await QuoteAsync(1);
        await UntilStatusAsync(order, "FILLED");
        await QuoteAsync(2, 61_000m);
        await _bench.UntilAsync(static db => db.Positions.AnyAsync(static row => row.LastPrice == 61_000.05m, Ct), "the mark");
    }

    private static Guid Id(int number) => DeterministicId.Create("test", $"{number}");

    private Task<string> QuoteAsync(double at, decimal bid = 60_000m) =>
        _bench.Bus.PublishAsync(Session.Quote("", ++_seq, at, bid, bid + 0.1m, 5m), Ct);

    private static OrderMessage Manual(int number, DateTimeOffset asked) =>
        Session.New(Id(number), "", 0, 0.01, Side.Buy, 1m) with
        {
            DecisionId = null,
            Origin = "admin",
            Timestamp = asked,
        };

    // Sent and taken: it has a row.
    private async Task<Guid> SendAsync(int number, double at = 0, Side side = Side.Buy, decimal? limit = null)
    {
        var id = Id(number);
        await _bench.Bus.PublishAsync(Session.New(id, "", 1, at, side, 1m, limit), Ct);
        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == id, Ct), $"order {number}");
        return id;
    }

    private async Task<string> StatusAsync(Guid order)
    {
        await using var db = _bench.NewContext();
        return (await db.Orders.SingleAsync(row => row.Id == order, Ct)).Status;
    }

    private async Task<string> ReasonAsync(Guid order)
    {
        await using var db = _bench.NewContext();
        return (await db.Orders.SingleAsync(row => row.Id == order, Ct)).Reason;
    }

    private Task UntilStatusAsync(Guid order, string status) =>
        _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == order && row.Status == status, Ct), $"order {order} {status}");

    private Task SetStateAsync(string state) => ExecuteAsync($"UPDATE accounts SET trading_state = '{state}', halt_reason = 'asked'");

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _bench.NewContext();
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }
}
