using System.Collections.Concurrent;

namespace AITrader.Inference.Client;

/// <summary>The record of one race. Legs write concurrently; read it after the hedging handler has returned.</summary>
/// <param name="isSampled">Whether both runners finish, so that their answers can be compared.</param>
internal sealed class Race(bool isSampled)
{
    public static readonly HttpRequestOptionsKey<Race> Key = new("AITrader.Inference.Race");

    private readonly ConcurrentQueue<RaceLeg> _legs = [];
    private readonly ConcurrentDictionary<HttpResponseMessage, RaceLeg> _answers = new(ReferenceEqualityComparer.Instance);
    private RunnerAnswer? _first;

    public bool IsSampled => isSampled;

    public IReadOnlyList<RaceLeg> Legs => [.. _legs];

    public void Add(RaceLeg leg) => _legs.Enqueue(leg);

    /// <summary>Writes down an answered leg with its response.</summary>
    public void Add(RaceLeg leg, HttpResponseMessage response)
    {
        _answers[response] = leg;
        Add(leg);
    }

    /// <summary>The leg that brought a response. The response's request cannot tell: service discovery gives it back the address it had
    /// before.</summary>
    public RaceLeg WinnerOf(HttpResponseMessage response) => _answers[response];

    /// <summary>Keeps the first answer of a sampled race; gives it back to whoever brings the second.</summary>
    public RunnerAnswer? Meet(RunnerAnswer answer) => Interlocked.CompareExchange(ref _first, answer, null);
}
