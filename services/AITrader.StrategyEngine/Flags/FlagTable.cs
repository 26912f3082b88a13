using System.Collections.Frozen;
using AITrader.Messaging;
using AITrader.Storage.Flags;
using AITrader.StrategyEngine.Diagnostics;
using Microsoft.FeatureManagement;

namespace AITrader.StrategyEngine.Flags;

/// <summary>Definitions of the declared flags, as the table has them. Read once a second at most; a table that cannot be read leaves what
/// was last known.</summary>
internal sealed class FlagTable(FlagReader reader, TimeProvider time, ILogger<FlagTable> log) : IFeatureDefinitionProvider, IDisposable
{
    /// <summary>How long a reading holds.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    // A database that hangs must not hold up decisions for longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // The filter that the library itself knows as always on.
    private static readonly FeatureFilterConfiguration[] AlwaysOn = [new() { Name = "AlwaysOn" }];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private FrozenDictionary<string, FeatureDefinition>? _known;
    private long _readAt;
    private bool _isStale;

    public void Dispose() => _turn.Dispose();

    public async Task<FeatureDefinition> GetFeatureDefinitionAsync(string featureName) =>
        (await CurrentAsync(CancellationToken.None)).GetValueOrDefault(featureName)!;

    public async IAsyncEnumerable<FeatureDefinition> GetAllFeatureDefinitionsAsync()
    {
        foreach (var definition in (await CurrentAsync(CancellationToken.None)).Values)
        {
            yield return definition;
        }
    }

    /// <summary>The definitions by name: the same object as long as none has changed.</summary>
    /// <remarks>The first reading has to succeed: whatever was switched off must not run because nobody could look.</remarks>
    public async Task<FrozenDictionary<string, FeatureDefinition>> CurrentAsync(CancellationToken ct)
    {
        if (_known is { } known && time.GetElapsedTime(Volatile.Read(ref _readAt)) < Life)
        {
            return known;
        }

        await _turn.WaitAsync(ct);
        try
        {
            if (_known is null || time.GetElapsedTime(_readAt) >= Life)
            {
                _known = await ReadAsync(ct);
                Volatile.Write(ref _readAt, time.GetTimestamp());
            }

            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<FrozenDictionary<string, FeatureDefinition>> ReadAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var rows = await reader.ReadAsync(_known is null ? ct : limit.Token);
            if (_isStale)
            {
                _isStale = false;
                log.FlagsAreBack();
            }

            var read = FeatureFlags.All.ToFrozenDictionary(
                static flag => flag.Name,
                flag => DefinitionOf(flag.Name, rows.GetValueOrDefault(flag.Name)?.Enabled ?? flag.Default),
                StringComparer.Ordinal
            );
            return _known is { } known && FeatureFlags.All.All(flag => IsOn(known[flag.Name]) == IsOn(read[flag.Name])) ? known : read;
        }
        catch (Exception failure) when (_known is not null && !ct.IsCancellationRequested && TransientFailures.Includes(failure))
        {
            if (!_isStale)
            {
                _isStale = true;
                log.FlagsAreStale(failure);
            }

            return _known;
        }
    }

    private static FeatureDefinition DefinitionOf(string name, bool isOn) => new() { Name = name, EnabledFor = isOn ? AlwaysOn : [] };

    private static bool IsOn(FeatureDefinition definition) => definition.EnabledFor.Any();
}
