using AITrader.Contracts;
using AITrader.Contracts.Strategies;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Storage.Ticks;
using AITrader.StrategyEngine;
using AITrader.StrategyEngine.Hosting;
using AITrader.Trading.TestBench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>One strategy on a live market, with both engines.</summary>
public abstract class HostedLive : IAsyncLifetime
{
    protected const string Symbol = "NSE:INFY";

    private readonly ScratchFolder _folder = new();
    private long _last;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected Bench Trade { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Trade = await Bench.StartAsync();
        await Trade.StartAsync("execution-engine", static builder => builder.AddExecution());
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Trade.DisposeAsync();
        _folder.Dispose();
    }

    protected void Compile(string source) => SamplePlugin.Compile(_folder.PathOf("Counting.dll"), source);

    protected static StrategyReport ReportOf(IHost engine) => engine.Services.GetRequiredService<HostedReports>().All[0];

    protected Task<IHost> StartAsync(params (string Key, string Value)[] settings) =>
        Trade.StartAsync(
            "strategy-engine",
            static builder => builder.AddStrategy(),
            [
                ("Strategy:SentimentEngine", "http://127.0.0.1:9"),
                ("Strategy:BuiltIn", "false"),
                ("Strategies:Folder", _folder.PathOf(string.Empty)),
                ("Strategies:Hosted:0:Name", "mine"),
                ("Strategies:Hosted:0:Source", "Counting.dll"),
                ("Strategies:Hosted:0:Symbols:0", Symbol),
                .. settings,
            ]
        );

    // As the feed numbers ticks: by their times.
    protected async Task TickAsync(TimeSpan shift, int count)
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
            await Trade.Tools.Services.GetRequiredService<ITickStore>().AppendAsync([tick], StreamNames.RawTicks, $"0-{_last}", Ct);
            await Trade.Bus.PublishAsync([tick], Ct);
            await Task.Delay(20, Ct);
        }
    }
}
