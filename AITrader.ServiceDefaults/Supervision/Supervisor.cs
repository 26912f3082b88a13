using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AITrader.ServiceDefaults.Supervision;

/// <summary>Knows the loops of a process: what they need, and how each is doing.</summary>
public sealed class Supervisor(TimeProvider time, ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<string, LoopState> _loops = new(StringComparer.Ordinal);

    /// <summary>How the loops are doing now.</summary>
    public IReadOnlyCollection<LoopState> Loops => [.. _loops.Values];

    internal TimeProvider Time => time;

    internal ILogger CreateLogger(Type loop) => loggers.CreateLogger(loop);

    internal void Report(LoopState state) => _loops[state.Name] = state;
}
