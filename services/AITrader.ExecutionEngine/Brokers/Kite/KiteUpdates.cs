using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Orders;
using AITrader.Venues.Kite.Ticker;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers.Kite;

/// <summary>Hears on Kite's ticker that something happened to an order. A line that is silent or broken costs nothing but the poll
/// interval.</summary>
internal sealed class KiteUpdates(KiteSessions sessions, IOptions<KiteOptions> options, TimeProvider time, ILogger<KiteUpdates> log)
    : IBrokerUpdates
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task RunAsync(Action wake, CancellationToken ct)
    {
        while (options.Value.OrderUpdates && !ct.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(wake, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The broker's books are read all the same: whatever is wrong with the line must not end anything.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.UpdatesLost(failure.Message);
                await Task.Delay(Pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(Action wake, CancellationToken ct)
    {
        var caller = await sessions.GetAsync(ct);
        var ticker = new KiteTicker(
            new KiteTickerOptions { Address = options.Value.TickerAddress!, Connections = 1 },
            _ => Task.FromResult(caller),
            time
        );
        try
        {
            await ticker.RunAsync(new Handler(wake), ct);
        }
        catch (KiteException over) when (over.IsSessionOver)
        {
            await sessions.RenewAsync(caller, ct);
        }
    }

    private sealed class Handler(Action wake) : IKiteTickerHandler
    {
        private const string Order = "order";

        public void OnPacket(KitePacket packet, DateTimeOffset received) { }

        public ValueTask OnFrameAsync(CancellationToken ct) => ValueTask.CompletedTask;

        public void OnText(string json)
        {
            if (KiteTickerText.TryRead(json, out var text) && text.Type == Order)
            {
                wake();
            }
        }

        // What was missed while the line was down shows in the books.
        public void OnConnected(KiteConnection connection) => wake();

        public void OnDisconnected(KiteConnection connection, string reason) { }
    }
}
