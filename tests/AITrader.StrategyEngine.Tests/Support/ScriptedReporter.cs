using System.Collections.Concurrent;
using AITrader.Inference.Client;

namespace AITrader.StrategyEngine.Tests.Support;

/// <summary>Runners that take reports as the test says; by default they score everything.</summary>
internal sealed class ScriptedReporter : IOutcomeReporter
{
    private readonly ConcurrentQueue<(string Runner, string Model, IReadOnlyList<RealisedForecast> Outcomes)> _reports = [];

    /// <summary>Every report, taken or not.</summary>
    public IReadOnlyList<(string Runner, string Model, IReadOnlyList<RealisedForecast> Outcomes)> Reports => [.. _reports];

    /// <summary>All outcomes by id, as one line each: start and prices.</summary>
    public IReadOnlyDictionary<string, string> Told =>
        _reports
            .SelectMany(static report => report.Outcomes)
            .ToDictionary(static outcome => outcome.Id, static outcome => $"{outcome.Start:R}: {string.Join(' ', outcome.Values)}");

    public Func<string, IReadOnlyList<RealisedForecast>, Task<OutcomeReceipt>> Answer { get; set; } =
        static (_, outcomes) => Task.FromResult(Scored(outcomes));

    public Task<OutcomeReceipt> ReportAsync(
        string runner,
        string model,
        IReadOnlyList<RealisedForecast> outcomes,
        CancellationToken cancellationToken
    )
    {
        _reports.Enqueue((runner, model, outcomes));
        return Answer(runner, outcomes).WaitAsync(cancellationToken);
    }

    public static OutcomeReceipt Scored(IReadOnlyList<RealisedForecast> outcomes) =>
        new OutcomeReceipt.Taken([.. outcomes.Select(static outcome => new ForecastScore(outcome.Id, "1", 0, true, null))]);
}
