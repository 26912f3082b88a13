using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AITrader.Storage.Tests;

public sealed class ConstraintTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    public static TheoryData<string, string> BadStatements =>
        new()
        {
            { "ck_orders_qty", "UPDATE orders SET qty = 0" },
            { "ck_orders_qty", "UPDATE orders SET qty = -1" },
            { "ck_orders_side", "UPDATE orders SET side = 'LONG'" },
            { "ck_orders_status", "UPDATE orders SET status = 'filled'" },
            { "ck_orders_price", "UPDATE orders SET price = -1" },
            { "ck_orders_limit_has_price", "UPDATE orders SET type = 'LIMIT', price = NULL" },
            { "ck_orders_filled_qty", "UPDATE orders SET filled_qty = -1" },
            { "ck_executions_qty", "UPDATE executions SET qty = 0" },
            { "ck_executions_price", "UPDATE executions SET price = 0" },
            { "ck_executions_liquidity", "UPDATE executions SET liquidity = 'none'" },
            { "ck_trades_qty", "UPDATE trades SET qty = 0" },
            { "ck_trades_side", "UPDATE trades SET side = 'B'" },
            { "ck_signals_score", "UPDATE signals SET score = 'NaN'" },
            { "ck_signals_direction", "UPDATE signals SET direction = 'UP'" },
            { "ck_decisions_hold_has_no_order", "UPDATE decisions SET order_id = id" },
            { "ck_accounts_live_is_first", "UPDATE accounts SET run = 'replay'" },
            { "ck_accounts_trading_state", "UPDATE accounts SET trading_state = 'off'" },
            { "fk_executions_order_id", "UPDATE executions SET order_id = exec_id" },
            { "fk_decisions_signal_id", "UPDATE decisions SET signal_id = id" },
            {
                "ck_jobs_status",
                "INSERT INTO jobs (id, type, status, payload, created_at, attempts) VALUES (gen_random_uuid(), 'x', 'lost', '[]', now(), 0)"
            },
            { "ck_users_role", "INSERT INTO users (id, username, role, created_at) VALUES (gen_random_uuid(), 'x', 'root', now())" },
        };

    [Theory]
    [MemberData(nameof(BadStatements))]
    public async Task Database_refuses_what_would_harm_the_books(string constraint, string statement)
    {
        await SeedAsync();
        await using var db = storage.NewContext();

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            db.Database.ExecuteSqlRawAsync(statement, TestContext.Current.CancellationToken)
        );

        Assert.Equal(constraint, refused.ConstraintName);
    }

    [Fact]
    public async Task Same_client_order_id_makes_no_second_order()
    {
        await SeedAsync();
        var second = Samples.Order("second");
        second.ClientOrderId = Samples.Id("order");

        Assert.Equal("ix_orders_client_order_id", await RefusalAsync(second));
    }

    [Fact]
    public async Task Same_execution_id_is_booked_once()
    {
        await SeedAsync();

        Assert.Equal("pk_executions", await RefusalAsync(Samples.Execution("order", "exec")));
    }

    [Fact]
    public async Task Signal_is_decided_once()
    {
        await SeedAsync();

        Assert.Equal("ix_decisions_signal_id", await RefusalAsync(Samples.Decision("again", "signal")));
    }

    [Fact]
    public async Task Denied_order_is_kept_as_it_was_asked_for()
    {
        var denied = Samples.Order("denied", "DENIED");
        (denied.Quantity, denied.Price, denied.Type) = (-5, -1, "LIMIT");
        await using var db = storage.NewContext();
        db.Orders.Add(denied);

        Assert.Equal(1, await db.SaveChangesAsync(TestContext.Current.CancellationToken));

        // The other tests of this class change every order, and each expects its own constraint to refuse that.
        db.Orders.Remove(denied);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Rows_come_back_as_they_were_written()
    {
        await SeedAsync();
        await using var db = storage.NewContext();
        var ct = TestContext.Current.CancellationToken;

        var execution = await db.Executions.Include(static row => row.Trade).SingleAsync(ct);
        var signal = await db.Signals.SingleAsync(ct);

        Assert.Equal((Side.Buy, 1m, 100m, 0.1m), (execution.Side, execution.Quantity, execution.Price, execution.Fee));
        Assert.Equal(execution.TradeId, execution.Trade!.TradeId);
        Assert.True(execution.TradeId > 0);
        Assert.Equal((SignalDirection.Bearish, 100.5m, Samples.Time), (signal.Direction, signal.Price, signal.Timestamp));
    }

    private async Task<string?> RefusalAsync(object row)
    {
        await using var db = storage.NewContext();
        db.Add(row);
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
        return Assert.IsType<PostgresException>(refused.InnerException).ConstraintName;
    }

    private async Task SeedAsync()
    {
        await using var db = storage.NewContext();
        if (await db.Accounts.AnyAsync())
        {
            return;
        }

        db.Add(Samples.Account());
        db.Add(Samples.Signal("signal"));
        db.Add(Samples.Decision("decision", "signal"));
        db.Add(Samples.Order("order"));
        var execution = Samples.Execution("order", "exec");
        execution.Trade = Samples.Trade();
        db.Add(execution);
        await db.SaveChangesAsync();
    }
}
