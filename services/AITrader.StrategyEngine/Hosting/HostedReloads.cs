using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Loads strategies anew when their files have changed, or when that is asked for: beside the running version, which goes on until
/// the new one has done over again what came before.</summary>
internal sealed class HostedReloads(
    StrategyLoader loader,
    HostedSessions sessions,
    HostedBoard board,
    IOptions<HostingOptions> options,
    TimeProvider time
)
{
    private readonly Dictionary<string, (string Stamp, long At)> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _stamps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<HostedStrategy?>> _preparing = new(StringComparer.Ordinal);
    private long _lookedAt;

    /// <summary>A session begins: everything is loaded.</summary>
    public void Begin()
    {
        _preparing.Clear();
        _changed.Clear();
        foreach (var hosted in options.Value.Runnable())
        {
            _stamps[hosted.Name] = loader.StampOf(hosted);
        }
    }

    /// <summary>Looks at the files, and puts what is ready in its place.</summary>
    public async Task LookAsync(HostedSession session, CancellationToken ct)
    {
        while (board.TryTakeReload(out var name))
        {
            Prepare(session, name, ct);
        }

        if (options.Value.WatchEvery > TimeSpan.Zero && time.GetElapsedTime(_lookedAt) >= options.Value.WatchEvery)
        {
            _lookedAt = time.GetTimestamp();
            Watch(session, ct);
        }

        foreach (var (name, prepared) in _preparing.Where(static one => one.Value.IsCompleted).ToArray())
        {
            _preparing.Remove(name);
            if (await prepared is { } next)
            {
                await sessions.ReplaceAsync(session, next, ct);
            }
        }
    }

    private void Watch(HostedSession session, CancellationToken ct)
    {
        foreach (var hosted in options.Value.Runnable())
        {
            var stamp = loader.StampOf(hosted);
            if (stamp == _stamps.GetValueOrDefault(hosted.Name) || string.IsNullOrEmpty(stamp))
            {
                _changed.Remove(hosted.Name);
            }
            else if (_changed.TryGetValue(hosted.Name, out var change) && change.Stamp == stamp)
            {
                if (time.GetElapsedTime(change.At) >= options.Value.Settle)
                {
                    Prepare(session, hosted.Name, ct);
                }
            }
            else
            {
                _changed[hosted.Name] = (stamp, time.GetTimestamp());
            }
        }
    }

    private void Prepare(HostedSession session, string name, CancellationToken ct)
    {
        if (options.Value.Runnable().FirstOrDefault(one => one.Name == name) is { } hosted && !_preparing.ContainsKey(name))
        {
            _changed.Remove(name);
            _stamps[name] = loader.StampOf(hosted);
            _preparing[name] = Task.Run(() => sessions.PrepareAsync(session, hosted, ct), ct);
        }
    }
}
