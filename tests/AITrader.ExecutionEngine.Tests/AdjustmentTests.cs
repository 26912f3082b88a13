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

/// <summary>Splits and dividends in a running account: booked once, restart or not, and the books still agree.</summary>
public sealed class AdjustmentTests : IAsyncLifetime
{
    private Bench _bench = null!;
    private IHost _engine = null!;
    private long _seq;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await Bench.StartAsync();
        await StartAsync();
        await QuoteAsync(0, 60_000m);
        var state = _bench.Tools.Services.GetRequiredService<IStreamState>();
        await Bench.UntilAsync(async () => await state.GetAsync(MarketSnapshot.Key, Ct) is not null, "the first quote");
        await FillAsync(1, Side.Buy, 1, 60_000m);
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task A_split_cancels_what_works_keeps_the_cost_and_survives_a_restart()
    {
        var before = await PositionAsync();
        var resting = await SendAsync(2, Side.Buy, 50_000m);
        var split = await AskAsync(AdjustmentKinds.Split, static row => (row.NewUnits, row.OldUnits) = (10, 1));
        await UntilDecidedAsync(split);

        var row = await RowAsync(split);
        Assert.Equal(("BOOKED", "", 1m, 10m, 0m), (row.State, row.Reason, row.QuantityBefore, row.QuantityAfter, row.Amount));
        await _bench.UntilAsync(db => db.Orders.AnyAsync(found => found.Id == resting && found.Status == "CANCELLED", Ct), "the cancel");
        var after = await PositionAsync();
        Assert.Equal((10m, before.AveragePrice / 10m), (after.Quantity, after.AveragePrice));
        await _bench.UntilAsync(db => db.Positions.AnyAsync(static found => found.LastPrice < 10_000m, Ct), "the mark for new units");

        await _bench.StopAsync(_engine);
        await StartAsync();
        await FillAsync(3, Side.Sell, 20, 7_000m);
        Assert.Equal(9m, (await PositionAsync()).Quantity);
        await AssertSoundAsync();
        Assert.Equal(1, await CountAsync("account.adjusted"));
    }

    [Fact]
    public async Task A_dividend_is_cash_once_and_comes_before_the_trades_after_it()
    {
        var cash = await CashAsync();
        var dividend = await AskAsync(AdjustmentKinds.Dividend, static row => (row.PerUnit, row.Withheld) = (100m, 0.1m));
        await UntilDecidedAsync(dividend);
        Assert.Equal(cash + 90m, await CashAsync());
        Assert.Equal(90m, (await RowAsync(dividend)).Amount);
        await FillAsync(2, Side.Sell, 10, 61_000m);
        await _bench.StopAsync(_engine);
        await StartAsync();
        await FillAsync(3, Side.Buy, 20, 60_000m);
        await AssertSoundAsync();
    }

    [Fact]
    public async Task What_would_be_a_guess_is_refused_with_the_reason()
    {
        var ahead = await AskAsync(AdjustmentKinds.Dividend, static row => (row.PerUnit, row.ExDate) = (1m, row.ExDate.AddDays(2)));
        var traded = await AskAsync(AdjustmentKinds.Dividend, static row => (row.PerUnit, row.ExDate) = (1m, new DateOnly(2000, 1, 3)));
        var leftOver = await AskAsync(AdjustmentKinds.Split, static row => (row.NewUnits, row.OldUnits) = (1, 2_000_000_000));
        foreach (var (id, code) in new[] { (ahead, "EX_DATE_AHEAD"), (traded, "TRADED_SINCE"), (leftOver, "LEFT_OVER") })
        {
            await UntilDecidedAsync(id);
            var row = await RowAsync(id);
            Assert.Equal("REFUSED", row.State);
            Assert.StartsWith(code, row.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(1m, (await PositionAsync()).Quantity);
        await AssertSoundAsync();
    }

    // The guard sums all executions and compares: what is not right halts trading.
    private async Task AssertSoundAsync()
    {
        await Task.Delay(1_000, Ct);
        await using var db = _bench.NewContext();
        var account = await db.Accounts.SingleAsync(Ct);
        Assert.Equal(("ACTIVE", string.Empty), (account.TradingState, account.HaltReason));
        var paid = (await db.Executions.ToListAsync(Ct)).Sum(static row =>
            ((row.Side == Side.Buy ? 1 : -1) * row.Quantity * row.Price) + row.Fee
        );
        var received = await db.Adjustments.SumAsync(static row => row.Amount, Ct);
        Assert.Equal(account.InitialCash - paid + received, account.Cash);
    }

    private async Task StartAsync() =>
        _engine = await _bench.StartAsync(
            "execution-engine",
            static builder => builder.AddExecution(),
            ("Execution:GuardInterval", "00:00:00.100")
        );

    private async Task<Guid> AskAsync(string kind, Action<AdjustmentRow> terms)
    {
        var now = TimeProvider.System.GetUtcNow();
        var row = new AdjustmentRow
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            Symbol = Session.Symbol,
            ExDate = DateOnly.FromDateTime(now.UtcDateTime),
            RequestedAt = now,
        };
        terms(row);
        await using var db = _bench.NewContext();
        db.Adjustments.Add(row);
        await db.SaveChangesAsync(Ct);
        return row.Id;
    }

    private Task UntilDecidedAsync(Guid id) =>
        _bench.UntilAsync(db => db.Adjustments.AnyAsync(row => row.Id == id && row.State != "REQUESTED", Ct), $"adjustment {id}");

    private async Task<AdjustmentRow> RowAsync(Guid id)
    {
        await using var db = _bench.NewContext();
        return await db.Adjustments.SingleAsync(row => row.Id == id, Ct);
    }

    private async Task<PositionRow> PositionAsync()
    {
        await using var db = _bench.NewContext();
        return await db.Positions.SingleAsync(Ct);
    }

    private async Task<decimal> CashAsync()
    {
        await using var db = _bench.NewContext();
        return (await db.Accounts.SingleAsync(Ct)).Cash;
    }

    private async Task<int> CountAsync(string kind)
    {
        await using var db = _bench.NewContext();
        return await db.AuditEvents.CountAsync(row => row.EventType == kind, Ct);
    }

    private Task<string> QuoteAsync(double at, decimal bid) =>
        _bench.Bus.PublishAsync(Session.Quote("", ++_seq, at, bid, bid + 0.1m, 5m), Ct);

    private async Task<Guid> SendAsync(int number, Side side, decimal? limit, double at = 1)
    {
        var id = Guid.CreateVersion7();
        await _bench.Bus.PublishAsync(Session.New(id, "", number, at, side, 1m, limit), Ct);
        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == id, Ct), $"order {number}");
        return id;
    }

    private async Task FillAsync(int number, Side side, double at, decimal bid)
    {
        await QuoteAsync(at, bid);
        var state = _bench.Tools.Services.GetRequiredService<IStreamState>();
        await Bench.UntilAsync(
            async () => (MarketSnapshot.Read(await state.GetAsync(MarketSnapshot.Key, Ct))?.Seq ?? 0) >= _seq,
            "the quote to be seen"
        );
        var order = await SendAsync(number, side, null, at);
        await QuoteAsync(at + 1, bid);
        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == order && row.Status == "FILLED", Ct), $"order {number} filled");
    }
}
