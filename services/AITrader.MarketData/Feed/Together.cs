namespace AITrader.MarketData.Feed;

/// <summary>Loops that live and die together.</summary>
internal static class Together
{
    /// <summary>Runs them until one ends, ends the others, and fails as that one did.</summary>
    public static async Task RunAsync(CancellationToken ct, params Func<CancellationToken, Task>[] loops)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = loops.Select(loop => loop(end.Token)).ToList();
        var first = await Task.WhenAny(running);
        await end.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }
}
