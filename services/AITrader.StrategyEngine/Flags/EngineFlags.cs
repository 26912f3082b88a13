using AITrader.Contracts;
using AITrader.Messaging;
using AITrader.Storage.Flags;
using AITrader.StrategyEngine.Diagnostics;
using Microsoft.FeatureManagement;

namespace AITrader.StrategyEngine.Flags;

/// <summary>What the flags hold for a run: live, what they are set to now; in a replay, what they were set to at its start.</summary>
internal sealed class EngineFlags(IVariantFeatureManager features, FlagTable table, ICache cache, ILogger<EngineFlags> log) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Seen? _live;
    private volatile Frozen? _replay;

    public void Dispose() => _turn.Dispose();

    /// <summary>The flags of a run; empty for the live market.</summary>
    public async ValueTask<FlagSet> OfAsync(string run, CancellationToken ct)
    {
        if (run.Length == 0)
        {
            return await LiveAsync(ct);
        }

        if (_replay is { } known && known.Run == run)
        {
            return known.Flags;
        }

        await _turn.WaitAsync(ct);
        try
        {
            if (_replay is not { } begun || begun.Run != run)
            {
                begun = new Frozen(run, await AtStartAsync(run, ct));
                _replay = begun;
            }

            return begun.Flags;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<FlagSet> LiveAsync(CancellationToken ct)
    {
        var definitions = await table.CurrentAsync(ct);
        if (_live is { } seen && ReferenceEquals(seen.Definitions, definitions))
        {
            return seen.Flags;
        }

        var states = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var flag in FeatureFlags.All)
        {
            states[flag.Name] = await features.IsEnabledAsync(flag.Name, ct);
        }

        var flags = new FlagSet(states);
        _live = new Seen(definitions, flags);
        return flags;
    }

    // An engine that is started again in the middle of a run goes on with what held at the run's start.
    private async Task<FlagSet> AtStartAsync(string run, CancellationToken ct)
    {
        if (await cache.GetAsync(CacheKeys.Flags(run), ct) is { } kept)
        {
            return FlagSet.Read(kept);
        }

        var flags = await LiveAsync(ct);
        await cache.SetAsync(CacheKeys.Flags(run), flags.Write(), CacheKeys.FlagsTtl, ct);
        if (flags.Changed is { } changed)
        {
            log.RunsWithFlags(run, string.Join(", ", changed.Select(static one => $"{one.Key} {(one.Value ? "on" : "off")}")));
        }

        return flags;
    }

    private sealed record Seen(object Definitions, FlagSet Flags);

    private sealed record Frozen(string Run, FlagSet Flags);
}
