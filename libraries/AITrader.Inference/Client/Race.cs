using System.Collections.Concurrent;

namespace AITrader.Inference.Client;

/// <summary>Records one race. The legs write concurrently; read it after the hedging handler has returned.</summary>
/// <param name="isSampled">Whether both runners finish, so that their answers can be compared.</param>
internal sealed class Race(bool isSampled)
{
    public static readonly HttpRequestOptionsKey<Race> Key = new("AITrader.Inference.Race");

    private readonly ConcurrentQueue<RaceLeg> _legs = [];
    private readonly ConcurrentDictionary<HttpResponseMessage, (RaceLeg Leg, RunnerAnswer? Answer)> _answers = new(
        ReferenceEqualityComparer.Instance
    );
    private RunnerAnswer? _first;

    public bool IsSampled => isSampled;

    public IReadOnlyList<RaceLeg> Legs => [.. _legs];

    public void Add(RaceLeg leg) => _legs.Enqueue(leg);

    /// <summary>Records a leg that was answered, with its response and the forecast in it; null where it is an error.</summary>
    public void Add(RaceLeg leg, HttpResponseMessage response, RunnerAnswer? answer)
    {
        _answers[response] = (leg, answer);
        Add(leg);
    }

    /// <summary>Returns the leg of a response. The request of the response cannot tell, because service discovery restores its original
    /// address.</summary>
    public RaceLeg WinnerOf(HttpResponseMessage response) => _answers[response].Leg;

    /// <summary>Returns the forecast of a response that is no error.</summary>
    public RunnerAnswer AnswerOf(HttpResponseMessage response) =>
        _answers[response].Answer ?? throw new InvalidOperationException("an error has no forecast");

    /// <summary>Stores the first answer of a sampled race; returns it for the second answer.</summary>
    public RunnerAnswer? Meet(RunnerAnswer answer) => Interlocked.CompareExchange(ref _first, answer, null);
}
