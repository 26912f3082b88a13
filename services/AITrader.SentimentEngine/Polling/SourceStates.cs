using System.Collections.Concurrent;

namespace AITrader.SentimentEngine.Polling;

/// <summary>How a source fares.</summary>
/// <param name="Name">Source.</param>
/// <param name="AnsweredAt">Its last answer that could be read; null before the first.</param>
/// <param name="Failures">Failures in a row since.</param>
/// <param name="Reason">The last one; null after an answer.</param>
internal sealed record SourceState(string Name, DateTimeOffset? AnsweredAt, int Failures, string? Reason);

/// <summary>How all sources fare. Safe from any thread.</summary>
internal sealed class SourceStates
{
    private readonly ConcurrentDictionary<string, SourceState> _states = new(StringComparer.Ordinal);

    public IReadOnlyList<SourceState> All => [.. _states.Values.OrderBy(static state => state.Name, StringComparer.Ordinal)];

    public void Set(SourceState state) => _states[state.Name] = state;
}
