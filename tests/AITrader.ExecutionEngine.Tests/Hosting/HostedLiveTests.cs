using AITrader.Contracts;
using AITrader.Contracts.Strategies;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Storage.Flags;
using AITrader.Storage.Rows;
using AITrader.Storage.Ticks;
using AITrader.StrategyEngine;
using AITrader.StrategyEngine.Flags;
using AITrader.StrategyEngine.Hosting;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>A hosted strategy on the live market: the same code, without a barrier.</summary>
public sealed class HostedLiveTests : IAsyncLifetime
{
    private const string Symbol = "NSE:INFY";

    private readonly ScratchFolder _folder = new();
    private Bench _bench = null!;
    private long _last;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await Bench.StartAsync();
        await _bench.StartAsync("execution-engine", static builder => builder.AddExecution());
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Orders_go_out_once_and_a_restart_finds_the_account_as_it_is_booked()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Counting);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await _bench.UntilAsync(static db => db.Executions.AnyAsync(Ct), "the order is filled");
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 3m }]), "the strategy knows");

        await _bench.StopAsync(engine);
        engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).State == StrategyStates.Running), "it runs again");
        await _bench.UntilAsync(static async db => await db.Executions.CountAsync(Ct) == 2, "the second order, of tick 40, is filled");

        // Twice in fifty ticks, whoever was restarted in between.
        await using var db = _bench.NewContext();
        Assert.Equal([3m, 3m], await db.Orders.OrderBy(static row => row.Seq).Select(static row => row.Quantity).ToListAsync(Ct));
        Assert.All(await db.Orders.ToListAsync(Ct), static row => Assert.Equal(("mine", string.Empty), (row.Origin, row.Run)));
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 6m }]), "the strategy knows both");
        Assert.True(ReportOf(engine).IsExact);
    }

    [Fact]
    public async Task Old_ticks_lead_to_no_order()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Counting);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.FromMinutes(-5), 25);
        await _bench.UntilAsync(static db => db.AuditEvents.AnyAsync(static row => row.EventType == "strategy.denied", Ct), "it is denied");

        await using var db = _bench.NewContext();
        Assert.Contains(
            "STALE_TICK",
            (await db.AuditEvents.SingleAsync(static row => row.EventType == "strategy.denied", Ct)).Changes,
            StringComparison.Ordinal
        );
        Assert.Empty(await db.Orders.ToListAsync(Ct));
        Assert.Equal(StrategyStates.Running, ReportOf(engine).State);
    }

    [Fact]
    public async Task Switched_off_by_a_flag_it_may_still_reduce_what_it_holds()
    {
        SamplePlugin.Compile(_folder.PathOf("Counting.dll"), SampleStrategies.Turning);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 3m }]), "it holds three");

        await using var db = _bench.NewContext();
        db.FeatureFlags.Add(new FeatureFlagRow { Name = FeatureFlags.HostedOrders.Name, UpdatedAt = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync(Ct);
        await Task.Delay(FlagTable.Life * 1.1, Ct);
        await TickAsync(TimeSpan.Zero, 25);
        await _bench.UntilAsync(static db => db.AuditEvents.AnyAsync(static row => row.EventType == "strategy.denied", Ct), "it is denied");
        await Bench.UntilAsync(() => Task.FromResult(ReportOf(engine).Positions is [{ Quantity: 1m }]), "it sold two");

        Assert.Contains(
            "STRATEGY_ORDERS_OFF flag=strategies.hosted-orders",
            (await db.AuditEvents.SingleAsync(static row => row.EventType == "strategy.denied", Ct)).Changes,
            StringComparison.Ordinal
        );
        Assert.Equal(2, await db.Orders.CountAsync(Ct));
        Assert.Equal(StrategyStates.Running, ReportOf(engine).State);
    }

    private static StrategyReport ReportOf(IHost engine) => engine.Services.GetRequiredService<HostedReports>().All[0];

    private Task<IHost> StartAsync() =>
        _bench.StartAsync(
            "strategy-engine",
            static builder => builder.AddStrategy(),
            ("Strategy:SentimentEngine", "http://127.0.0.1:9"),
            ("Strategy:BuiltIn", "false"),
            ("Strategies:Folder", _folder.PathOf(string.Empty)),
            ("Strategies:Hosted:0:Name", "mine"),
            ("Strategies:Hosted:0:Source", "Counting.dll"),
            ("Strategies:Hosted:0:Symbols:0", Symbol)
        );

    // As the feed numbers ticks: by their times.
    private async Task TickAsync(TimeSpan shift, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var now = TimeProvider.System.GetUtcNow() + shift;
            _last = Math.Max(_last + 1, EventTime.ToMicros(now));
            var tick = new Tick
            {
                Symbol = Symbol,
                Price = Price.Of(1500m),
                Volume = Quantity.Of(10m),
                Timestamp = EventTime.FromMicros(_last),
                Kind = TickKind.Trade,
                Bid = Price.Of(1499.95m),
                BidSize = Quantity.Of(100m),
                Ask = Price.Of(1500.05m),
                AskSize = Quantity.Of(100m),
                Source = "test",
                Seq = _last,
            };
            await _bench.Tools.Services.GetRequiredService<ITickStore>().AppendAsync([tick], StreamNames.RawTicks, $"0-{_last}", Ct);
            await _bench.Bus.PublishAsync([tick], Ct);
            await Task.Delay(20, Ct);
        }
    }
}
