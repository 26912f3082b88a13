using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AITrader.ServiceDefaults.Supervision;

/// <summary>Keeps the states of all supervised loops of the process.</summary>
public sealed class Supervisor(TimeProvider time, ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<string, LoopState> _loops = new(StringComparer.Ordinal);

    /// <summary>The current states of the loops.</summary>
    public IReadOnlyCollection<LoopState> Loops => [.. _loops.Values];

    internal TimeProvider Time => time;

    internal ILogger CreateLogger(Type loop) => loggers.CreateLogger(loop);

    internal void Report(LoopState state) => _loops[state.Name] = state;
}
