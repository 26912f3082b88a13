using AITrader.Contracts;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Messaging;
using AITrader.Messaging.Hosting;
using AITrader.ServiceDefaults;
using AITrader.Storage;
using AITrader.Storage.Ticks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.Kill.Tests.Stack;

/// <summary>Ticks of one instrument, stored and published as market-data does, for as long as it is not stopped.</summary>
internal sealed class MarketFlow : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly IHost _host;
    private readonly decimal _bid;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private long _last;

    public MarketFlow(KillStack stack)
    {
        _bid = stack.Bid;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "kill-suite" });
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:aitrader"] = stack.Database.App,
                ["ConnectionStrings:redis"] = stack.Redis.ConnectionString,
            }
        );
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddMessaging();
        builder.AddStorage();
        _host = builder.Build();
        _running = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private async Task RunAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await PublishAsync(_end.Token);
                await Task.Delay(Pause, _end.Token);
            }
#pragma warning disable CA1031 // A server is away: that is what this is about. The market goes on.
            catch (Exception) when (!_end.IsCancellationRequested)
#pragma warning restore CA1031
            {
                await Task.Delay(Pause);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task PublishAsync(CancellationToken ct)
    {
        _last = Math.Max(_last + 1, EventTime.ToMicros(TimeProvider.System.GetUtcNow()));
        var tick = new Tick
        {
            Symbol = KillStack.Symbol,
            Price = Price.Of(_bid),
            Volume = Quantity.Of(10m),
            Timestamp = EventTime.FromMicros(_last),
            Kind = TickKind.Trade,
            Bid = Price.Of(_bid),
            BidSize = Quantity.Of(1_000m),
            Ask = Price.Of(_bid + 0.05m),
            AskSize = Quantity.Of(1_000m),
            Source = "kill",
            Seq = _last,
        };
        await _host.Services.GetRequiredService<ITickStore>().AppendAsync([tick], StreamNames.RawTicks, $"0-{_last}", ct);
        await _host.Services.GetRequiredService<IStreamPublisher>().PublishAsync([tick], ct);
    }
}
