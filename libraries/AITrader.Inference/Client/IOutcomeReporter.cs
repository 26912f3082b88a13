namespace AITrader.Inference.Client;

/// <summary>Tells the runners what came true of their forecasts.</summary>
public interface IOutcomeReporter
{
    /// <summary>Most outcomes of one report.</summary>
    const int MaxOutcomes = 500;

    /// <summary>Reports outcomes to the runner that made the forecasts; safe to call from many threads.</summary>
    /// <param name="runner">Name of the runner, as the provenance of the forecasts has it.</param>
    /// <param name="model">The model that forecast.</param>
    /// <param name="outcomes">One at least, and no more than <see cref="MaxOutcomes"/>.</param>
    /// <param name="cancellationToken">Ends the report.</param>
    /// <returns>What became of it; an unreachable runner is a receipt, not an exception.</returns>
    Task<OutcomeReceipt> ReportAsync(
        string runner,
        string model,
        IReadOnlyList<RealisedForecast> outcomes,
        CancellationToken cancellationToken
    );
}

/// <summary>What came true of one forecast.</summary>
/// <param name="Id">Id of the request that asked for it.</param>
/// <param name="Start">The price that it began from: the last one of its window.</param>
/// <param name="Values">The prices that followed, nearest first; at most as many as were forecast.</param>
public sealed record RealisedForecast(string Id, double Start, IReadOnlyList<double> Values);

/// <summary>What became of a report. A closed set: match it with a switch.</summary>
public abstract record OutcomeReceipt
{
    private OutcomeReceipt() { }

    /// <summary>The runner has taken it.</summary>
    /// <param name="Scores">One for each outcome, in their order.</param>
    public sealed record Taken(IReadOnlyList<ForecastScore> Scores) : OutcomeReceipt;

    /// <summary>The runner will not take it, however often it is asked, or there is no such runner.</summary>
    /// <param name="Reason">Why, in one line.</param>
    public sealed record Refused(string Reason) : OutcomeReceipt;

    /// <summary>The runner is away, busy, or lets nobody in: another attempt may succeed.</summary>
    /// <param name="Reason">Why, in one line.</param>
    public sealed record Unreachable(string Reason) : OutcomeReceipt;
}

/// <summary>The score of one forecast.</summary>
/// <param name="Id">Id of the request that asked for it.</param>
/// <param name="Version">The version that forecast; null where it was not scored.</param>
/// <param name="Error">Mean absolute error over the steps, in the unit of the prices.</param>
/// <param name="IsDirectionRight">Whether the price moved as forecast; null where it did not move.</param>
/// <param name="Refusal">Why it was not scored, e.g. because the runner was restarted meanwhile; null where it was.</param>
public sealed record ForecastScore(string Id, string? Version, double Error, bool? IsDirectionRight, string? Refusal);
