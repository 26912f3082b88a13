using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Tests.Support;
using AITrader.Messaging;
using AITrader.Storage.Rows;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.ExecutionEngine.Tests;

/// <summary>What the books cannot carry, what no table takes, and what comes too late.</summary>
public sealed class TroubleTests : IAsyncLifetime
{
    private const string Penny = "PENNY";

    private Bench _bench = null!;
    private IHost _engine = null!;
    private long _seq;
    private int _more;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await Bench.StartAsync();
        _engine = await StartAsync();
        await QuoteAsync(0, 60_000m, 60_000.1m, 5m);
        var state = _bench.Tools.Services.GetRequiredService<IStreamState>();
        await Bench.UntilAsync(async () => await state.GetAsync(MarketSnapshot.Key, Ct) is not null, "the first quote");
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task Nothing_trades_at_a_price_that_the_books_cannot_carry_and_the_books_add_up_after_a_restart()
    {
        // A quote of nine decimals is no quote; the last one that could be booked still is.
        await QuoteAsync(1, 0.123456787m, 0.123456789m, 9_000_000m, Penny);
        var denied = await SendAsync(1, Penny, 1_000_000m, at: 1);
        Assert.StartsWith("NO_PRICE symbol=PENNY", (await RowAsync(denied)).Reason, StringComparison.Ordinal);

        await QuoteAsync(2, 0.12345677m, 0.12345679m, 9_000_000m, Penny);
        var bought = await SendAsync(2, Penny, 777_777.12345678m, at: 2);
        await QuoteAsync(3, 0.12345677m, 0.12345679m, 1m, Penny);
        await QuoteAsync(4, 0.123456787m, 0.123456789m, 9_000_000m, Penny);
        await QuoteAsync(5, 0.12345678m, 0.12345681m, 9_000_000m, Penny);
        await UntilStatusAsync(bought, "FILLED");

        await using var db = _bench.NewContext();
        var executions = await db.Executions.OrderBy(static row => row.TradeId).Include(static row => row.Trade).ToListAsync(Ct);
        Assert.Equal([(1m, 0.12345679m), (777_776.12345678m, 0.12345681m)], executions.Select(static row => (row.Quantity, row.Price)));
        Assert.All(executions, static row =>
            Assert.Equal((row.Quantity, row.Price, row.Fee), (row.Trade!.Quantity, row.Trade.Price, row.Trade.Fees))
        );
        var account = await db.Accounts.SingleAsync(Ct);
        Assert.Equal(account.InitialCash - executions.Sum(static row => (row.Quantity * row.Price) + row.Fee), account.Cash);
        await _bench.StopAsync(_engine);
        await StartAsync();

        await QuoteAsync(6, 0.12345678m, 0.12345680m, 9_000_000m, Penny);
        Assert.Equal("SUBMITTED", (await RowAsync(await SendAsync(3, Penny, 1m, at: 6))).Status);
        Assert.Equal(TradingStates.Active, await db.Accounts.Select(static row => row.TradingState).SingleAsync(Ct));
    }

    [Fact]
    public async Task The_middle_of_two_prices_marks_a_position_with_its_ninth_decimal()
    {
        await QuoteAsync(1, 0.00000001m, 0.00000002m, 9_000_000m, Penny);
        var bought = await SendAsync(1, Penny, 1_000m, at: 1);
        await QuoteAsync(2, 0.00000001m, 0.00000002m, 9_000_000m, Penny);
        await UntilStatusAsync(bought, "FILLED");

        await QuoteAsync(3, 0.00000002m, 0.00000003m, 9_000_000m, Penny);
        await _bench.UntilAsync(
            static db => db.Positions.AnyAsync(static row => row.Symbol == Penny && row.LastPrice == 0.000000025m, Ct),
            "the mark"
        );
    }

    [Theory]
    [InlineData("UPDATE trades SET price = price + 0.00000001", "trades: trade ")]
    [InlineData("UPDATE trades SET fees = fees + 0.01", "trades: trade ")]
    [InlineData(
        "UPDATE executions SET price = price + 0.00000001; UPDATE trades SET price = price + 0.00000001",
        "cash after all executions: "
    )]
    [InlineData("UPDATE executions SET fee = fee + 0.01; UPDATE trades SET fees = fees + 0.01", "cash after all executions: ")]
    public async Task Cash_and_trades_are_identities_that_are_checked_while_it_runs(string breach, string reason)
    {
        var order = await SendAsync(1, "BTCUSDT", 1m);
        await QuoteAsync(1, 60_000m, 60_000.1m, 5m);
        await UntilStatusAsync(order, "FILLED");

        await ExecuteAsync(breach);

        await _bench.UntilAsync(static db => db.Accounts.AnyAsync(static row => row.TradingState == TradingStates.Halted, Ct), "the halt");
        await using var db = _bench.NewContext();
        Assert.StartsWith(reason, (await db.Accounts.SingleAsync(Ct)).HaltReason, StringComparison.Ordinal);

        // Loading the books again leads to other doubts; the first one is what an operator needs.
        await Bench.UntilAsync(
            async () => (await RowAsync(await SendAsync(100 + ++_more, "BTCUSDT", 1m, at: 1))).Reason == "NOT_RECONCILED",
            "orders to be denied"
        );
        Assert.StartsWith(reason, await db.Accounts.Select(static row => row.HaltReason).SingleAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_no_column_carries_is_denied_as_it_was_asked_for()
    {
        var fine = await SendAsync(1, "BTCUSDT", 0.123456789m);
        var huge = await SendAsync(2, "BTCUSDT", 79_228_162_514_264_337_593_543_950_335m);

        Assert.Equal(("DENIED", 0.123456789m), ((await RowAsync(fine)).Status, (await RowAsync(fine)).Quantity));
        Assert.Equal("NOT_BOOKABLE qty=0.123456789 price=none decimals=8 below=10000000000", (await RowAsync(fine)).Reason);
        Assert.Equal(("DENIED", decimal.MaxValue), ((await RowAsync(huge)).Status, (await RowAsync(huge)).Quantity));
    }

    [Fact]
    public async Task An_order_that_was_held_up_is_denied_instead_of_trading_on_another_market()
    {
        await QuoteAsync(61, 60_000m, 60_000.1m, 5m);

        Assert.Equal("STALE_ORDER age=60500ms max=60000ms", (await RowAsync(await SendAsync(1, "BTCUSDT", 1m, at: 0.5))).Reason);
        Assert.Equal("SUBMITTED", (await RowAsync(await SendAsync(2, "BTCUSDT", 1m, at: 1))).Status);
    }

    [Fact]
    public async Task An_order_that_no_table_takes_is_given_up_and_everything_behind_it_goes_on()
    {
        // An id of a decision that a constraint refuses: a failure of the entry, not of the database.
        await ExecuteAsync("ALTER TABLE orders ADD CONSTRAINT ck_poison CHECK (origin <> 'poison')");
        var poison = Session.New(Id(1), "", 1, 0, Side.Buy, 1m) with { Origin = "poison" };
        var good = Enumerable.Range(2, 3).Select(static n => Session.New(Id(n), "", 1, 0, Side.Buy, 1m)).ToList();
        await _bench.Bus.PublishAsync<OrderMessage>([good[0], poison, good[1]], Ct);
        await _bench.Bus.PublishAsync(good[2], Ct);

        foreach (var order in good)
        {
            await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == order.Id, Ct), $"order {order.Id}");
        }

        await Bench.UntilAsync(async () => await DeadAsync() == 1, "the dead letter");
        await using var db = _bench.NewContext();
        Assert.False(await db.Orders.AnyAsync(row => row.Id == poison.Id, Ct));
        await QuoteAsync(1, 60_000m, 60_000.1m, 5m);
        await UntilStatusAsync(good[2].Id, "FILLED");
        Assert.Equal(1, await DeadAsync());
    }

    private static Guid Id(int number) => DeterministicId.Create("trouble", $"{number}");

    private async Task<long> DeadAsync() =>
        (await _bench.Tools.Services.GetRequiredService<IStreamAdmin>().FindAsync(StreamNames.Dead(StreamNames.Orders), Ct)).Sum(
            static stream => stream.Length
        );

    private Task<IHost> StartAsync() =>
        _bench.StartAsync(
            "execution-engine",
            static builder => builder.AddExecution(),
            ("Execution:GuardInterval", "00:00:00.100"),
            ("Lease:Life", "00:00:02"),
            ("Execution:MaxOrderNotional", "10000000"),
            ("Instruments:Listed:0:Symbol", Penny),
            ("Instruments:Listed:0:TickSize", "0.00000001"),
            ("Instruments:Listed:0:LotSize", "0.00000001"),
            ("Instruments:Listed:0:FeeBps", "1.5")
        );

    private Task<string> QuoteAsync(double at, decimal bid, decimal ask, decimal size, string symbol = "BTCUSDT") =>
        _bench.Bus.PublishAsync(Session.Quote("", ++_seq, at, bid, ask, size) with { Symbol = symbol }, Ct);

    private async Task<Guid> SendAsync(int number, string symbol, decimal quantity, double at = 0)
    {
        // What the engine knows of the market must be what was published before.
        var newest = _seq;
        await Bench.UntilAsync(async () => await SeenAsync() >= newest, $"tick {newest}");
        var id = Id(number);
        await _bench.Bus.PublishAsync(Session.New(id, "", 1, at, Side.Buy, quantity) with { Symbol = symbol }, Ct);
        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == id, Ct), $"order {number}");
        return id;
    }

    private async Task<long> SeenAsync() =>
        MarketSnapshot.Read(await _bench.Tools.Services.GetRequiredService<IStreamState>().GetAsync(MarketSnapshot.Key, Ct))?.Seq ?? 0;

    private async Task<OrderRow> RowAsync(Guid order)
    {
        await using var db = _bench.NewContext();
        return await db.Orders.SingleAsync(row => row.Id == order, Ct);
    }

    private Task UntilStatusAsync(Guid order, string status) =>
        _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == order && row.Status == status, Ct), $"order {order} {status}");

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _bench.NewContext();
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }
}
