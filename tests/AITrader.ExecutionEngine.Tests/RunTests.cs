using AITrader.Contracts;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Tests.Support;
using AITrader.Messaging;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.ExecutionEngine.Tests;

/// <summary>Each run trades on an account of its own, and none waits for another.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private static readonly (string Key, string Value)[] Often = [("Execution:GuardInterval", "00:00:00.100")];

    private Bench _bench = null!;
    private long _seq;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task The_live_market_goes_on_while_a_replay_waits_and_neither_sees_the_other()
    {
        await StartAsync();
        var replayed = Session.Random("run-a", 21, 120);

        // Nothing of the replay is decided, so that it stands still at its second tick.
        await _bench.Bus.PublishAsync(replayed.Ticks, Ct);
        await Replay.WaitAsync(_bench, replayed.Run, 1);
        var order = await BuyLiveAsync(1);

        await using (var db = _bench.NewContext())
        {
            Assert.Equal(1, await _bench.Watermarks.GetAsync(replayed.Run, ReplayStages.Execution, Ct));
            Assert.Equal(("", 1), (await db.Orders.Select(static row => row.Run).SingleAsync(Ct), await db.Executions.CountAsync(Ct)));
        }

        await PlayAsync(replayed);
        await Replay.AssertAsExpectedAsync(_bench, replayed);
        await using var after = _bench.NewContext();
        var live = await after.Accounts.SingleAsync(static row => row.Run == "", Ct);
        var execution = await after.Executions.SingleAsync(row => row.OrderId == order, Ct);
        Assert.Equal(live.InitialCash - (execution.Quantity * execution.Price) - execution.Fee, live.Cash);
        Assert.Equal(live.Id, execution.AccountId);
        Assert.Equal(1m, (await after.Positions.SingleAsync(row => row.AccountId == live.Id, Ct)).Quantity);
    }

    [Fact]
    public async Task An_engine_that_starts_again_goes_on_with_both_accounts()
    {
        var engine = await StartAsync();
        var replayed = Session.Random("run-a", 22, 160);
        await BuyLiveAsync(1);
        await _bench.Bus.PublishAsync(replayed.Ticks, Ct);
        await Replay.WaitAsync(_bench, replayed.Run, 1);
        await _bench.StopAsync(engine);
        engine = await StartAsync();
        await BuyLiveAsync(2);
        await PlayAsync(replayed);
        await Replay.AssertAsExpectedAsync(_bench, replayed);

        // What it loads once more is what it has booked: nothing halts it.
        await _bench.StopAsync(engine);
        await StartAsync();
        await BuyLiveAsync(3);
        await using var db = _bench.NewContext();
        Assert.All(await db.Accounts.ToListAsync(Ct), static row => Assert.Equal("ACTIVE", row.TradingState));
        Assert.Equal(3m, (await db.Positions.SingleAsync(static row => row.AccountId == 1, Ct)).Quantity);
    }

    [Fact]
    public async Task A_run_ends_with_the_prices_of_its_last_ticks_whenever_the_guard_has_looked()
    {
        await StartAsync(("Execution:GuardInterval", "00:00:01"));
        var first = Session.Random("run-a", 27, 200);
        first.Ticks.Add(Session.Quote(first.Run, 201, 201 * 0.02, 70_000m, 70_000.2m, 1m));
        await _bench.Bus.PublishAsync(first.Ticks, Ct);

        // The next run lies behind it on the stream already: there is no pause between the two.
        await _bench.Bus.PublishAsync(Session.Random("run-b", 28, 50).Ticks, Ct);
        await PlayAsync(first);
        await Replay.WaitAsync(_bench, "run-b", 1);

        await using var db = _bench.NewContext();
        var account = await db.Accounts.SingleAsync(static row => row.Run == "run-a", Ct);
        var position = await db.Positions.SingleAsync(row => row.AccountId == account.Id, Ct);
        Assert.NotEqual(0m, position.Quantity);
        Assert.Equal(70_000.1m, position.LastPrice);
    }

    [Fact]
    public async Task An_order_for_a_run_that_is_over_is_denied_and_never_reaches_another_account()
    {
        await StartAsync();
        await Replay.PlayAsync(_bench, Session.Random("run-a", 23, 60));
        await Replay.PlayAsync(_bench, Session.Random("run-b", 24, 60));
        var late = DeterministicId.Create("test-order", "late");

        await _bench.Bus.PublishAsync(Session.New(late, "run-a", 0, 1, Side.Buy, 1m) with { DecisionId = null }, Ct);

        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == late, Ct), "the late order");
        await using var db = _bench.NewContext();
        var row = await db.Orders.SingleAsync(row => row.Id == late, Ct);
        Assert.Equal(("DENIED", "RUN_NOT_CURRENT run=run-a current=run-b"), (row.Status, row.Reason));
    }

    [Fact]
    public async Task An_order_by_hand_goes_to_the_run_that_it_names()
    {
        await StartAsync();
        await QuoteAsync(0);
        await UntilSeenAsync(_seq);
        var replayed = Session.Random("run-a", 25, 60);
        await _bench.Bus.PublishAsync(replayed.Ticks, Ct);
        await Replay.WaitAsync(_bench, replayed.Run, 1);
        var id = DeterministicId.Create("test-order", "by hand");

        await _bench.Bus.PublishAsync(Session.New(id, "run-a", 0, 100, Side.Buy, 0.01m) with { DecisionId = null }, Ct);

        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == id, Ct), "the order");
        await using var db = _bench.NewContext();
        var row = await db.Orders.SingleAsync(row => row.Id == id, Ct);
        Assert.Equal("run-a", row.Run);
        Assert.Equal(replayed.Ticks[0].Timestamp, row.EventTime);
    }

    [Fact]
    public async Task Another_currency_is_booked_at_its_rate_and_adds_up_after_a_restart()
    {
        const decimal Rate = 83.123457m;
        await ExecuteAsync("UPDATE accounts SET currency = 'INR', initial_cash = 100000000, cash = 100000000");
        var engine = await StartAsync(("Execution:Rates:USDT/INR", "83.123457"), ("Execution:MaxOrderNotional", "90000000"));
        var order = await BuyLiveAsync(1);

        await using (var db = _bench.NewContext())
        {
            var execution = await db.Executions.SingleAsync(row => row.OrderId == order, Ct);
            var paid = decimal.Round(execution.Price * Rate, 8, MidpointRounding.AwayFromZero);
            var fee = decimal.Round(execution.Fee * Rate, 8, MidpointRounding.AwayFromZero);
            var account = await db.Accounts.SingleAsync(Ct);
            Assert.Equal((60_000.1m, Rate), (execution.Price, execution.Rate));
            Assert.Equal(100_000_000m - paid - fee, account.Cash);
            Assert.Equal((paid, fee), ((await db.Positions.SingleAsync(Ct)).AveragePrice, account.Fees));
        }

        await _bench.StopAsync(engine);
        await StartAsync(("Execution:Rates:USDT/INR", "84"), ("Execution:MaxOrderNotional", "90000000"));
        await BuyLiveAsync(2);
        await using var after = _bench.NewContext();
        Assert.Equal("ACTIVE", (await after.Accounts.SingleAsync(Ct)).TradingState);

        // Marked in the account's currency, too.
        await QuoteAsync(9, 61_000m);
        await _bench.UntilAsync(static db => db.Positions.AnyAsync(static row => row.LastPrice == 61_000.05m * 84m, Ct), "the mark");
    }

    [Fact]
    public async Task Without_a_rate_another_currency_is_not_traded()
    {
        await ExecuteAsync("UPDATE accounts SET currency = 'EUR'");
        await StartAsync();
        await QuoteAsync(0);
        await UntilSeenAsync(_seq);
        var id = await SendLiveAsync(1);
        await using var db = _bench.NewContext();
        var row = await db.Orders.SingleAsync(row => row.Id == id, Ct);
        Assert.Equal(("DENIED", "NO_EXCHANGE_RATE symbol=BTCUSDT currency=USDT"), (row.Status, row.Reason));
    }

    [Fact]
    public async Task What_the_account_is_worth_is_written_down_at_whole_intervals_where_it_has_changed()
    {
        await StartAsync(("Execution:EquityInterval", "00:00:01"));
        var replayed = Session.Random("run-a", 26, 400);
        await Replay.PlayAsync(_bench, replayed);

        await using var db = _bench.NewContext();
        var account = await db.Accounts.SingleAsync(static row => row.Run == "run-a", Ct);
        var points = await db.Equity.Where(row => row.AccountId == account.Id).OrderBy(static row => row.Timestamp).ToListAsync(Ct);
        Assert.InRange(points.Count, 3, 8);
        Assert.All(points, static point => Assert.Equal(0, point.Timestamp.UtcTicks % TimeSpan.TicksPerSecond));
        var (desk, _) = replayed.Expect(points[^1].Timestamp);
        Assert.Equal((desk.Ledger.Cash, desk.Ledger.Equity(desk.Value)), (points[^1].Cash, points[^1].Equity));
    }

    private static async Task PlayOrdersAsync(Bench bench, Session session)
    {
        foreach (var (seq, orders) in session.Orders)
        {
            await bench.Watermarks.AdvanceAsync(session.Run, ReplayStages.Strategy, seq - 1, Ct);
            await Replay.WaitAsync(bench, session.Run, seq);
            await bench.Bus.PublishAsync(orders, Ct);
        }

        await bench.Watermarks.AdvanceAsync(session.Run, ReplayStages.Strategy, session.Ticks.Count, Ct);
        await Replay.WaitAsync(bench, session.Run, session.Ticks.Count);
    }

    // Its ticks are on the bus already.
    private Task PlayAsync(Session session) => PlayOrdersAsync(_bench, session);

    private Task<IHost> StartAsync(params (string Key, string Value)[] settings) =>
        _bench.StartAsync(
            "execution-engine",
            static builder => builder.AddExecution(),
            [.. settings.Length > 0 && settings[0].Key == "Execution:GuardInterval" ? [] : Often, .. settings]
        );

    private async Task<Guid> BuyLiveAsync(int number)
    {
        await QuoteAsync(number);
        await UntilSeenAsync(_seq);
        var id = await SendLiveAsync(number);
        await QuoteAsync(number + 0.5);
        await _bench.UntilAsync(
            async db =>
            {
                var row = await db.Orders.SingleAsync(row => row.Id == id, Ct);
                Assert.True(row.Status != "DENIED", row.Reason);
                return row.Status == "FILLED";
            },
            $"order {number} filled"
        );
        return id;
    }

    private async Task<Guid> SendLiveAsync(int number)
    {
        var id = DeterministicId.Create("test-live", $"{number}");
        await _bench.Bus.PublishAsync(Session.New(id, "", _seq, number, Side.Buy, 1m), Ct);
        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == id, Ct), $"order {number}");
        return id;
    }

    // Ticks and orders come on two streams: which of them is read first is not said.
    private Task UntilSeenAsync(long seq) =>
        Bench.UntilAsync(
            async () =>
                MarketSnapshot.Read(await _bench.Tools.Services.GetRequiredService<IStreamState>().GetAsync(MarketSnapshot.Key, Ct))
                    is { } snapshot
                && snapshot.Seq >= seq,
            $"quote {seq}"
        );

    private Task<string> QuoteAsync(double at, decimal bid = 60_000m) =>
        _bench.Bus.PublishAsync(Session.Quote("", ++_seq, at, bid, bid + 0.1m, 5m), Ct);

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _bench.NewContext();
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }
}
