namespace AITrader.Venues.Feeds;

/// <summary>Tasks of which none goes on without the others.</summary>
public static class LinkedTasks
{
    /// <summary>Runs them until one ends, cancels the others, and fails as that one did.</summary>
    public static async Task RunAsync(CancellationToken ct, params Func<CancellationToken, Task>[] starts)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = starts.Select(start => start(end.Token)).ToList();
        var first = await Task.WhenAny(running);
        await end.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }
}
