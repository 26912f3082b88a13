using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.StrategyEngine.Forecasts;

namespace AITrader.StrategyEngine.Outcomes;

/// <summary>A forecast that took part in a decision, and the trades that it spoke of.</summary>
/// <remarks>
/// Models forecast the next trades of the symbol, as their windows are of its last ones. So its horizon are the trades of the run, or of
/// the live source, that follow the signal's tick in the order in which the pattern engine saw them: the same ones whenever they are
/// looked for.
/// </remarks>
internal sealed record FollowedForecast
{
    // A runner scores no more steps than this.
    private const int MostSteps = 256;

    /// <summary>Id of the request, which the runner remembers.</summary>
    public required string Id { get; init; }

    public required string Symbol { get; init; }

    /// <summary>Replay run; empty when live.</summary>
    public required string Run { get; init; }

    /// <summary>Event time of the signal's tick.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The last price that the model saw.</summary>
    public required double Start { get; init; }

    /// <summary>Trades that were forecast.</summary>
    public required int Horizon { get; init; }

    public required string Model { get; init; }

    /// <summary>The runner whose answer the decision was made of: the other one's, where it had one too, took no part.</summary>
    public required string Runner { get; init; }

    /// <summary>Number of the signal's tick.</summary>
    public required long Seq { get; init; }

    /// <summary>Source and number of the signal's tick: live ticks of a symbol may come from several sources, each with numbers of its
    /// own.</summary>
    public required string TickId { get; init; }

    /// <summary>Null where the decision was made without a forecast of the race: one from the cache was followed for the decision that
    /// asked for it.</summary>
    public static FollowedForecast? Of(Signal signal, LadderStep step) =>
        step is { Reading: { } reading, Provenance: { Winner: { } winner, Model: { } model, Values: { Count: > 0 } values } }
            ? new FollowedForecast
            {
                Id = signal.Id.ToString("D"),
                Symbol = signal.Symbol,
                Run = signal.Run,
                At = signal.Timestamp,
                Start = reading.BasePrice,
                Horizon = Math.Min(values.Count, MostSteps),
                Model = model,
                Runner = winner.Runner,
                Seq = signal.Seq,
                TickId = signal.TickId,
            }
            : null;

    /// <summary>Whether a tick is a trade after the signal's, so one that the forecast spoke of as far as its horizon goes.</summary>
    public bool SpeaksOf(Tick tick) => tick.IsTrade && tick.Seq > Seq && tick.Run == Run && (Run.Length > 0 || IsOfMySource(tick));

    private bool IsOfMySource(Tick tick) =>
        TickId.StartsWith(tick.Source, StringComparison.Ordinal) && TickId.AsSpan(tick.Source.Length).StartsWith(":");
}
