using AITrader.Domain.Signals;
using AITrader.Storage.Decisions;
using AITrader.Storage.Flags;
using AITrader.StrategyEngine.Flags;
using AITrader.StrategyEngine.Forecasts;
using AITrader.StrategyEngine.Sentiment;
using AITrader.Trading.Aggregation;
using AITrader.Trading.Decisions;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Decisions;

/// <summary>Finds out what a decision has to know. A signal that only repeats another one costs no forecast.</summary>
internal sealed class Inquiry(
    RecentSignals signals,
    ForecastLadder ladder,
    SentimentBoard sentiment,
    PositionReader positions,
    RuleExposure exposure,
    IOptions<StrategyOptions> options
)
{
    private const string Repeat = "not asked: the signal repeats another one";

    private static readonly LadderStep NoForecast = new(null, Repeat, ForecastTrace.None(Repeat));

    private readonly AggregationRules _rules = options.Value.Aggregation;

    public async Task<Findings> AskAsync(Signal signal, FlagSet flags, CancellationToken ct)
    {
        var recent = (await signals.ReadAsync(signal, _rules.LookBack, ct)).Select(Of).ToList();
        var isRepeat = Repeats.Original(recent, signal.Pattern, DirectionOf(signal.Direction), signal.Timestamp, _rules) is not null;
        var (forecast, mood) = isRepeat ? (NoForecast, SentimentStep.None(Repeat)) : await AskOthersAsync(signal, flags, ct);
        var position = PositionView.Of(await positions.ReadAsync(signal, ct));
        return new Findings(recent, forecast, mood, position, await OtherNotionalAsync(signal, ct));
    }

    public static int DirectionOf(SignalDirection direction) => direction == SignalDirection.Bullish ? 1 : -1;

    private async Task<(LadderStep Forecast, SentimentStep Sentiment)> AskOthersAsync(Signal signal, FlagSet flags, CancellationToken ct)
    {
        var forecast = flags.IsOn(FeatureFlags.Forecast) ? ladder.ReadAsync(signal, ct) : Task.FromResult(LadderStep.Off);
        var mood = sentiment.ReadAsync(signal, flags, ct);
        await Task.WhenAll(forecast, mood);
        return (await forecast, await mood);
    }

    private async Task<decimal?> OtherNotionalAsync(Signal signal, CancellationToken ct) =>
        options.Value.Budget is null ? null : (await exposure.ReadAsync(signal, ct)).Sum(static one => one.Worst);

    private static RecentSignal Of(DecidedBefore before) =>
        new(
            before.Pattern,
            DirectionOf(before.Direction),
            before.Score,
            before.Timestamp,
            before.Reason.StartsWith(DecisionModel.RepeatedSignal, StringComparison.Ordinal)
        );
}
