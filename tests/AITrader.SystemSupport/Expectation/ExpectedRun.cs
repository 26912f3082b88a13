using AITrader.Domain.Ids;
using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.SystemSupport.Expectation;

/// <summary>What the replay of a capture must leave behind, and the comparison with what it did.</summary>
public sealed class ExpectedRun
{
    private const string Symbol = "BTCUSDT";
    private const decimal Lot = 0.001m;
    private const decimal FeeBps = 4m;

    private ExpectedRun(List<CaptureTick> ticks)
    {
        Ticks = ticks;
        Signals = ExpectedSignals.Of(ticks);
        Trading = new ExpectedTrading(Lot, FeeBps).Run(ticks, Signals);
    }

    /// <summary>The capture that the tests replay, below the shared data.</summary>
    public const string Capture = "binance-l2/usdm_btcusdt_20240808.gz";

    /// <summary>Its ticks.</summary>
    public List<CaptureTick> Ticks { get; }

    /// <summary>Its signals.</summary>
    public List<ExpectedSignal> Signals { get; }

    /// <summary>Its decisions and trades.</summary>
    public ExpectedTrading Trading { get; }

    /// <summary>Computes the expectation of a USDT-M BTCUSDT capture.</summary>
    public static ExpectedRun Of(string path) => new(CaptureTick.ReadAll(path));

    /// <summary>Compares a run with the expectation, row by row.</summary>
    public async Task CheckAsync(TradingSystem system, string run, CancellationToken ct)
    {
        await using var db = await system.OpenDatabaseAsync(ct);
        var record = await RunRecord.ReadAsync(db, run, ct);
        Assert.Equal((Ticks.Count, Ticks.Count), (record.Ticks, record.DistinctTicks));
        await CheckSignalsAsync(db, run, ct);
        await CheckDecisionsAsync(db, run, ct);
        Assert.Equal(
            Trading.Trades.Select(static t =>
                RunRecord.TradeLine(t.Seq, Time(t.Micros), t.Symbol, t.Side, t.Quantity, t.Price, t.Fee, t.Realised, t.Pattern)
            ),
            record.Trades
        );
        await CheckBooksAsync(db, run, ct);
    }

    private async Task CheckSignalsAsync(AITraderDbContext db, string run, CancellationToken ct)
    {
        var stored = await db.Signals.AsNoTracking().Where(s => s.Run == run).ToListAsync(ct);
        Assert.Equal(
            Signals.Select(s => $"{DeterministicId.Signal($"{run}:{s.Seq}", s.Pattern)} {s.Seq} {s.Pattern} {s.IsBullish}").Order(),
            stored.Select(static s => $"{s.Id} {s.Seq} {s.Pattern} {s.Direction == Domain.Signals.SignalDirection.Bullish}").Order()
        );
        var byKey = stored.ToDictionary(static s => (s.Seq, s.Pattern));
        Assert.All(Signals, expected =>
        {
            var found = byKey[(expected.Seq, expected.Pattern)];
            Assert.Equal(expected.Score, found.Score, 1e-9);
            Assert.Equal((decimal)expected.Price, found.Price);
            Assert.Equal(Time(expected.Micros), found.Timestamp);
        });
    }

    private async Task CheckDecisionsAsync(AITraderDbContext db, string run, CancellationToken ct)
    {
        var stored = await db.Decisions.AsNoTracking().Where(d => d.Run == run).ToListAsync(ct);
        Assert.Equal(Trading.Decisions.Count, stored.Count);
        var bySignal = stored.ToDictionary(static d => d.SignalId);
        Assert.All(Trading.Decisions, expected =>
        {
            var found = bySignal[DeterministicId.Signal($"{run}:{expected.Signal.Seq}", expected.Signal.Pattern)];
            Assert.Equal(expected.Action, found.Action);
            Assert.Equal((double)expected.Score, found.Score, 1e-8);
        });
    }

    private async Task CheckBooksAsync(AITraderDbContext db, string run, CancellationToken ct)
    {
        var executed = await db.Executions.AsNoTracking().Where(e => e.Run == run).ToListAsync(ct);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Run == run, ct);
        var position = await db.Positions.AsNoTracking().SingleAsync(p => p.AccountId == account.Id && p.Symbol == Symbol, ct);
        Assert.Equal(executed.Sum(static e => e.Side == Domain.Orders.Side.Buy ? e.Quantity : -e.Quantity), position.Quantity);
        Assert.Equal(Trading.Position, position.Quantity);
        Assert.Equal(executed.Sum(static e => e.Fee), account.Fees);
        Assert.Equal(account.InitialCash - Trading.Spent, account.Cash);
        Assert.Equal(Trading.Trades.Sum(static t => t.Realised), account.RealisedPnl);
        Assert.Equal("ACTIVE", account.TradingState);

        // Initial cash + realised + unrealised - fees = cash + market value, at any mark: here at the last price.
        var mark = position.LastPrice ?? position.AveragePrice;
        var cost = account.InitialCash + account.RealisedPnl - account.Fees - account.Cash;
        Assert.Equal(
            account.Cash + (position.Quantity * mark),
            account.InitialCash + account.RealisedPnl + ((position.Quantity * mark) - cost) - account.Fees
        );
        Assert.Equal(
            position.AveragePrice,
            position.Quantity == 0 ? 0 : decimal.Round(cost / position.Quantity, 8, MidpointRounding.ToEven),
            6
        );
        Assert.Empty(await db.Outbox.Where(static o => o.SentAt == null).ToListAsync(ct));
    }

    private static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddMicroseconds(micros);
}
