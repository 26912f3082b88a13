using System.Net.WebSockets;

namespace AITrader.MarketData.Tests;

/// <summary>Sends again and again until disposed.</summary>
internal sealed class Pulse : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _beating;

    public Pulse(Func<Task> send) => _beating = BeatAsync(send);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _beating;
        _end.Dispose();
    }

    private async Task BeatAsync(Func<Task> send)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await send();
            }
            catch (Exception failure) when (failure is WebSocketException or InvalidOperationException)
            {
                // The line was given up just now: the next round finds the new one.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }
}
