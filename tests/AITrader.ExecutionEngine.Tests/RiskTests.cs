using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Tests.Support;
using AITrader.Messaging;
using AITrader.Storage.Rows;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.ExecutionEngine.Tests;

/// <summary>Limits and kill switches that the gateway stores hold in the engine without a restart, and after one.</summary>
public sealed class RiskTests : IAsyncLifetime
{
    private Bench _bench = null!;
    private Func<Task> _stop = null!;
    private long _seq;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await Bench.StartAsync();
        await StartAsync();
        await QuoteAsync(0);
        var state = _bench.Tools.Services.GetRequiredService<IStreamState>();
        await Bench.UntilAsync(async () => await state.GetAsync(MarketSnapshot.Key, Ct) is not null, "the first quote");
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_stored_limit_holds_without_a_restart_and_only_for_its_scope()
    {
        await LimitAsync(RiskScopes.Strategy, "ema_cross", """{"max_quantity": 0.5}""");
        await Bench.UntilAsync(async () => await ReasonAsync(await SendAsync(1m)) == "QUANTITY_TOO_LARGE adds=1 max=0.5", "the limit");
        Assert.Empty(await ReasonAsync(await SendAsync(0.4m)));
        Assert.Empty(await ReasonAsync(await SendAsync(1m, origin: "another")));

        await RestartAsync();
        Assert.Equal("QUANTITY_TOO_LARGE adds=1 max=0.5", await ReasonAsync(await SendAsync(1m)));
    }

    [Fact]
    public async Task A_stored_limit_never_widens_what_the_settings_allow()
    {
        await LimitAsync(RiskScopes.Account, "", """{"max_order_notional": 999999999, "position": 1.2}""");
        await Bench.UntilAsync(
            async () => (await ReasonAsync(await SendAsync(1.5m))).StartsWith("POSITION_LIMIT", StringComparison.Ordinal),
            "the limit"
        );
        await ExecuteAsync("UPDATE risk_limits SET limits = '{\"max_order_notional\": 999999999}', version = 2");
        await Bench.UntilAsync(
            async () => (await ReasonAsync(await SendAsync(2m))).StartsWith("ORDER_TOO_LARGE", StringComparison.Ordinal),
            "the ceiling"
        );
    }

    [Fact]
    public async Task Limits_that_cannot_be_read_let_nothing_pass_that_adds_risk()
    {
        await LimitAsync(RiskScopes.Strategy, "ema_cross", """{"from_the_future": 1}""");
        await Bench.UntilAsync(
            async () => (await ReasonAsync(await SendAsync(0.001m))).StartsWith("ORDER_TOO_LARGE", StringComparison.Ordinal),
            "the denial"
        );
        Assert.Empty(await ReasonAsync(await SendAsync(0.001m, origin: "another")));
    }

    [Fact]
    public async Task A_strategy_that_is_switched_off_loses_its_orders_and_gets_none_until_it_is_on_again()
    {
        var resting = await SendAsync(1m, limit: 59_000m);
        var others = await SendAsync(1m, limit: 59_000m, origin: "another");
        await ExecuteAsync("INSERT INTO kill_switches (strategy, reason, at) VALUES ('ema_cross', 'test', now())");
        await UntilAsync(resting, "CANCELLED");
        Assert.Equal("KILLED", await ReasonAsync(resting));
        Assert.StartsWith("KILLED scope=ema_cross", await ReasonAsync(await SendAsync(1m)), StringComparison.Ordinal);
        await RestartAsync();
        Assert.StartsWith("KILLED scope=ema_cross", await ReasonAsync(await SendAsync(1m)), StringComparison.Ordinal);
        Assert.Equal("SUBMITTED", await StatusAsync(others));

        await ExecuteAsync("DELETE FROM kill_switches");
        await Bench.UntilAsync(async () => await StatusAsync(await SendAsync(0.1m)) == "SUBMITTED", "the strategy to go on");
    }

    [Fact]
    public async Task A_loss_limit_halts_in_the_database_with_its_reason_and_a_restart_remembers_the_day()
    {
        await LimitAsync(RiskScopes.Account, "", """{"daily_loss": 500}""");
        var bought = await SendAsync(1m);
        await QuoteAsync(1);
        await UntilAsync(bought, "FILLED");
        await _bench.UntilAsync(
            async db =>
            {
                // The limit is followed from some tick on.
                await QuoteAsync(1);
                return await db.Accounts.AnyAsync(static row => row.LossBase != null, Ct);
            },
            "the day's start"
        );
        await QuoteAsync(2, 59_700m);
        await RestartAsync();
        await QuoteAsync(3, 59_400m);
        await _bench.UntilAsync(static db => db.Accounts.AnyAsync(static row => row.TradingState == "HALTED", Ct), "the halt");
        await using var db = _bench.NewContext();
        Assert.StartsWith("DAILY_LOSS loss=", (await db.Accounts.SingleAsync(Ct)).HaltReason, StringComparison.Ordinal);
        Assert.True(await db.AuditEvents.AnyAsync(static row => row.EventType == "trading.halted", Ct));
        Assert.StartsWith("TRADING_HALTED", await ReasonAsync(await SendAsync(0.1m, at: 3)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rate_of_orders_counts_over_a_restart()
    {
        await LimitAsync(RiskScopes.Account, "", """{"orders_per_minute": 3}""");
        await Bench.UntilAsync(async () => (await ReasonAsync(await SendAsync(0.001m))).Length > 0, "the limit");
        await RestartAsync();
        Assert.StartsWith("ORDER_RATE", await ReasonAsync(await SendAsync(0.001m)), StringComparison.Ordinal);
    }

    private async Task StartAsync()
    {
        var engine = await _bench.StartAsync(
            "execution-engine",
            static builder => builder.AddExecution(),
            ("Execution:GuardInterval", "00:00:00.050"),
            ("Lease:Life", "00:00:02")
        );
        _stop = () => _bench.StopAsync(engine);
    }

    private async Task RestartAsync()
    {
        await _stop();
        await StartAsync();
    }

    private Task<string> QuoteAsync(double at, decimal bid = 60_000m) =>
        _bench.Bus.PublishAsync(Session.Quote("", ++_seq, at, bid, bid + 0.1m, 5m), Ct);

    private async Task<Guid> SendAsync(decimal quantity, double at = 0, decimal? limit = null, string origin = "ema_cross")
    {
        var id = DeterministicId.Create("test", $"{++_seq}");
        await _bench.Bus.PublishAsync(Session.New(id, "", 1, at, Side.Buy, quantity, limit) with { Origin = origin }, Ct);
        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == id, Ct), "the order");
        return id;
    }

    private async Task LimitAsync(string scope, string name, string limits)
    {
        await using var db = _bench.NewContext();
        db.RiskLimits.Add(
            new RiskLimitRow
            {
                Scope = scope,
                Name = name,
                Limits = limits,
                Version = 1,
                UpdatedAt = Session.At(0),
            }
        );
        await db.SaveChangesAsync(Ct);
    }

    private async Task<string> ReasonAsync(Guid order) => (await FindAsync(order)).Reason;

    private async Task<string> StatusAsync(Guid order) => (await FindAsync(order)).Status;

    private async Task<OrderRow> FindAsync(Guid order)
    {
        await using var db = _bench.NewContext();
        return await db.Orders.SingleAsync(row => row.Id == order, Ct);
    }

    private Task UntilAsync(Guid order, string status) =>
        _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == order && row.Status == status, Ct), $"order {order} {status}");

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _bench.NewContext();
        await db.Database.ExecuteSqlRawAsync(
            sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal),
            Ct
        );
    }
}
