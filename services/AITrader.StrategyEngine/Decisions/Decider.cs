using System.Diagnostics;
using System.Globalization;
using AITrader.Domain.Signals;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Instruments;
using AITrader.Storage.Leasing;
using AITrader.StrategyEngine.Advising;
using AITrader.StrategyEngine.Broker;
using AITrader.StrategyEngine.Diagnostics;
using AITrader.StrategyEngine.Flags;
using AITrader.StrategyEngine.Hosting;
using AITrader.StrategyEngine.Outcomes;
using AITrader.Trading.Aggregation;
using AITrader.Trading.Decisions;
using AITrader.Trading.Risk;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Decisions;

/// <summary>One signal, one decision.</summary>
internal sealed class Decider(
    Inquiry inquiry,
    AdviceDesk advice,
    BrokerBoard broker,
    DecisionWriter writer,
    OutcomeDesk outcomes,
    TradableInstruments instruments,
    IOptions<StrategyOptions> options,
    IOptions<HostingOptions> hosting,
    StrategyMetrics metrics,
    TimeProvider time,
    ILogger<Decider> log
)
{
    private readonly DecisionRules _rules = options.Value.Rules;

    /// <summary>Decides and stores; a signal that was decided before changes nothing.</summary>
    public async Task DecideAsync(Lease lease, string entryId, Signal signal, FlagSet flags, CancellationToken ct)
    {
        if (await writer.IsDecidedAsync(signal, ct))
        {
            metrics.Redelivered();
            await writer.RequeueAsync(signal, ct);
            return;
        }

        using var activity = StrategyMetrics.Activities.Continue("decision", signal.Trace);
        var isStored = false;
        try
        {
            isStored = await DecideAsync(lease, entryId, signal, flags, activity, ct);
        }
        finally
        {
            if (!isStored)
            {
                activity?.SetStatus(ActivityStatusCode.Error, "not stored: another attempt was first, or the next one will be");
            }
        }
    }

    private async Task<bool> DecideAsync(
        Lease lease,
        string entryId,
        Signal signal,
        FlagSet flags,
        Activity? activity,
        CancellationToken ct
    )
    {
        var found = await inquiry.AskAsync(signal, flags, ct);
        var (margin, account) = broker.MarginFor(signal, instruments.Find(signal.Symbol));
        var input = InputOf(signal, found) with { AvailableMargin = margin };
        var advised = await advice.AskAsync(signal, input, _rules, flags, ct);
        var basis = new DecisionBasis(input with { Advice = advised.Reading, AdviceAbsence = advised.Absence }, _rules);
        var decision = DecisionModel.Decide(basis.Input, basis.Rules);
        var provenance = ProvenanceOf(signal, decision, found) with
        {
            Advice = advised.Provenance,
            Broker = account,
            Basis = basis.Write(),
            Flags = flags.Changed,
        };
        if (!await writer.WriteAsync(lease, new DecidedSignal(signal, decision, provenance, activity?.Id ?? signal.Trace), ct))
        {
            return false;
        }

        outcomes.Follow(signal, found.Forecast);
        Report(signal, decision, activity);
        metrics.Filtered(decision);
        metrics.Decided(DecisionWriter.NameOf(decision.Action), time.GetUtcNow() - EntryPlace.Parse(entryId).StoredAt);
        return true;
    }

    private void Report(Signal signal, Decision decision, Activity? activity)
    {
        var action = DecisionWriter.NameOf(decision.Action);
        activity
            ?.SetTag("aitrader.signal", signal.Id)
            .SetTag("aitrader.symbol", signal.Symbol)
            .SetTag("aitrader.action", action)
            .SetTag("aitrader.reason", decision.Reason);
        if (decision.Order is { } order)
        {
            log.Ordered(signal.Pattern, signal.Symbol, signal.Id, action, order.Quantity, decision.Score);
        }
    }

    private DecisionInput InputOf(Signal signal, Findings found)
    {
        var features = signal.Features;
        return new DecisionInput
        {
            Terms = instruments.Find(signal.Symbol),
            Pattern = signal.Pattern,
            Direction = Inquiry.DirectionOf(signal.Direction),
            PatternScore = signal.Score,
            Price = signal.Price,
            Bid = features.Bid,
            Ask = features.Ask,
            EmaFast = features.EmaFast,
            EmaSlow = features.EmaSlow,
            Rsi = features.Rsi,
            Atr = features.Atr,
            Trades = features.Trades,
            Forecast = found.Forecast.Reading,
            ForecastAbsence = found.Forecast.Absence,
            PatternClass = features.Class is { } known ? ClassOf(known) : null,
            PatternClassAbsence = "the signal has none",
            Sentiment = found.Sentiment.Input,
            SentimentAbsence = found.Sentiment.Absence,
            Recent = found.Recent,
            Regime = RegimeReading.Of(features.Window, features.Atr),
            EventTime = signal.Timestamp,
            LastOrderAt = found.Position.LastOrderAt,
            Exposure = found.Position.Exposure,
            Objection =
                signal.Run.Length > 0 ? null : Stale(signal) ?? TradingModes.Objection(options.Value.Mode, hosting.Value.LiveAccount),
            OtherNotional = found.OtherNotional,
        };
    }

    private static PatternClassInput ClassOf(PatternReading known) =>
        new(
            known.Lean,
            string.Create(CultureInfo.InvariantCulture, $"{known.Model} version {known.Version}: {known.Class} {known.Probability:0.###}")
        );

    // Only the live market leaves a signal behind; a replay's clock waits.
    private Denial? Stale(Signal signal)
    {
        var age = time.GetUtcNow() - signal.Timestamp;
        return age > options.Value.MaxSignalAge ? Denial.Of("STALE_SIGNAL", ("age", age), ("max", options.Value.MaxSignalAge)) : null;
    }

    private Provenance ProvenanceOf(Signal signal, Decision decision, Findings found) =>
        new()
        {
            Forecast = found.Forecast.Provenance,
            PatternClass = signal.Features.Class,
            Sentiment = found.Sentiment.Provenance,
            FeatureHash = DecisionWriter.HashOf(signal),
            DataWatermark = new WatermarkTrace(signal.TickId, signal.Seq, signal.Run),
            Threshold = _rules.Threshold,
            Race = RaceTrace.Of(found.Forecast.Provenance),
            Rules = new RulesTrace(_rules.CoolDown.TotalSeconds, _rules.OrderNotional, _rules.MaxPositionNotional),
            Position = new PositionTrace(found.Position.Exposure, found.Position.LastOrderAt),
            Order = decision.Order is { } order ? DecisionWriter.TraceOf(order) : null,
            Flip =
            [
                .. decision.Flips.Select(static flip => new FlipTrace(flip.Factor, flip.ValueNeeded, DecisionWriter.NameOf(flip.Action))),
            ],
        };
}
