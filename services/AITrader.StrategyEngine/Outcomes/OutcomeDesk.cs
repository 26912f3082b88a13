using System.Collections.Concurrent;
using AITrader.Domain.Signals;
using AITrader.StrategyEngine.Diagnostics;
using AITrader.StrategyEngine.Forecasts;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Outcomes;

/// <summary>Takes in the forecasts of decisions that were stored. Decisions only leave them here, and wait for nothing.</summary>
/// <remarks>Safe from any thread. Bounded: a place is free again when something came of a forecast, for good or not.</remarks>
internal sealed class OutcomeDesk(IOptions<OutcomeOptions> options, StrategyMetrics metrics)
{
    private readonly ConcurrentQueue<FollowedForecast> _fresh = [];
    private int _open;

    /// <summary>Forecasts that nothing came of yet.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Follows the forecast that a decision was made of, where it was made of one.</summary>
    public void Follow(Signal signal, LadderStep step)
    {
        if (options.Value.Capacity == 0 || FollowedForecast.Of(signal, step) is not { } forecast)
        {
            return;
        }

        if (Interlocked.Increment(ref _open) > options.Value.Capacity)
        {
            Close(OutcomeFates.Full);
            return;
        }

        _fresh.Enqueue(forecast);
    }

    /// <summary>What was left here since the last call.</summary>
    public IEnumerable<FollowedForecast> TakeFresh()
    {
        while (_fresh.TryDequeue(out var forecast))
        {
            yield return forecast;
        }
    }

    /// <summary>Says what came of forecasts.</summary>
    public void Close(string fate, int count = 1)
    {
        Interlocked.Add(ref _open, -count);
        metrics.Outcomes(fate, count);
    }
}

/// <summary>What can come of a forecast that is followed.</summary>
internal static class OutcomeFates
{
    /// <summary>Its runner has scored it.</summary>
    public const string Scored = "scored";

    /// <summary>Its runner does not know it, any more or at all.</summary>
    public const string Refused = "refused";

    /// <summary>Too many were followed already.</summary>
    public const string Full = "full";

    /// <summary>The trades of its horizon did not come in time, or before the replay ended.</summary>
    public const string NoTrades = "no_trades";

    /// <summary>Its runner stayed away.</summary>
    public const string Unreachable = "unreachable";
}
