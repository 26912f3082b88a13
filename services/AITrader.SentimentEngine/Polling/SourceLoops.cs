using AITrader.SentimentEngine.Sources;

namespace AITrader.SentimentEngine.Polling;

/// <summary>Runs a loop for each source.</summary>
internal sealed class SourceLoops(TextSources sources, IServiceProvider services) : IHostedService, IDisposable
{
    private readonly List<SourceLoop> _loops =
    [
        .. sources.All.Select(source => ActivatorUtilities.CreateInstance<SourceLoop>(services, source)),
    ];

    public void Dispose() => _loops.ForEach(static loop => loop.Dispose());

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var loop in _loops)
        {
            await loop.StartAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_loops.Select(loop => loop.StopAsync(cancellationToken)));
}
