using AITrader.SystemSupport;

namespace AITrader.Browser.Tests;

/// <summary>One running system for the tests that need one; each replays what it is about. It starts with the first of them.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSystem : IAsyncLifetime, ICollectionFixture<SharedSystem>
{
    /// <summary>Name of the collection of tests that share it.</summary>
    public const string Name = "whole system";

    private TradingSystem? _system;

    /// <summary>The system, with a new replay under way.</summary>
    /// <param name="replay">File or data set.</param>
    /// <param name="speed">Number or max.</param>
    public async Task<TradingSystem> ReplayAsync(string replay, string speed, CancellationToken ct)
    {
        if (_system is null)
        {
            _system = await TradingSystem.StartAsync(replay, speed, without: [], ct);
        }
        else
        {
            await _system.ReplayAsync(replay, speed, ct);
        }

        return _system;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _system?.DisposeAsync() ?? ValueTask.CompletedTask;
}
