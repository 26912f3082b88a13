using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AITrader.Contracts.Codecs;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Storage.Decisions;
using AITrader.Storage.Leasing;
using AITrader.Storage.Rows;
using AITrader.Trading.Decisions;

namespace AITrader.StrategyEngine.Decisions;

/// <summary>A signal with its decision, ready to be stored.</summary>
internal sealed record DecidedSignal(Signal Signal, Decision Decision, Provenance Provenance, string Trace);

/// <summary>Stores signal, decision, inbox, audit event and outbox in one transaction.</summary>
internal sealed class DecisionWriter(DecisionTable table, TimeProvider time)
{
    private const int HashDigits = 16;

    public static string NameOf(DecisionAction action) =>
        action switch
        {
            DecisionAction.Buy => "BUY",
            DecisionAction.Sell => "SELL",
            _ => "HOLD",
        };

    public static OrderTrace TraceOf(OrderPlan order) =>
        new(WireNames.Name(order.Side), WireNames.Name(order.Type), WireNames.Name(order.TimeInForce), order.Quantity, order.LimitPrice);

    public static string HashOf(Signal signal) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FeaturesOf(signal))))[..HashDigits];

    /// <summary>Whether this signal was decided before.</summary>
    public Task<bool> IsDecidedAsync(Signal signal, CancellationToken ct) => table.IsDecidedAsync(signal.Id, ct);

    /// <summary>Has the order of a decided signal published again where the execution engine has no order of it.</summary>
    public Task RequeueAsync(Signal signal, CancellationToken ct) => table.RequeueOrderAsync(signal.Id, ct);

    /// <summary>Stores the decision; false where another attempt was first.</summary>
    /// <exception cref="LeaseLostException">Another process decides now.</exception>
    public Task<bool> WriteAsync(Lease lease, DecidedSignal decided, CancellationToken ct) =>
        table.WriteAsync(lease, decided.Signal.Id, () => RecordOf(decided), ct);

    private DecisionRecord RecordOf(DecidedSignal decided)
    {
        var now = time.GetUtcNow();
        var row = RowOf(decided, now);
        return new DecisionRecord(
            SignalRowOf(decided.Signal),
            row,
            AuditOf(row, now),
            MessageOf(decided, row),
            decided.Decision.Order is { } order ? OrderOf(decided, row, order) : null
        );
    }

    private static AuditEventRow AuditOf(DecisionRow row, DateTimeOffset now) =>
        new()
        {
            Id = DeterministicId.Create("audit", $"decision/{row.Id:D}"),
            EventType = "decision.made",
            EntityType = "decision",
            EntityId = row.Id.ToString("D"),
            Changes = JsonSerializer.Serialize(
                new Dictionary<string, string>
                {
                    ["action"] = row.Action,
                    ["reason"] = row.Reason,
                    ["signal_id"] = row.SignalId.ToString("D"),
                },
                DecisionJson.Default.DictionaryStringString
            ),
            Timestamp = now,
        };

    private static DecisionRow RowOf(DecidedSignal decided, DateTimeOffset now)
    {
        var (signal, decision) = (decided.Signal, decided.Decision);
        var id = DeterministicId.Decision(signal.Id);
        return new DecisionRow
        {
            Id = id,
            SignalId = signal.Id,
            Symbol = signal.Symbol,
            Action = NameOf(decision.Action),
            Score = (double)decision.Score,
            Reason = decision.Reason,
            Factors = JsonSerializer.Serialize(
                [
                    .. decision.Factors.Select(static factor => new FactorTrace(
                        factor.Name,
                        factor.Weight,
                        factor.Value,
                        factor.Contribution,
                        factor.Note
                    )),
                ],
                DecisionJson.Default.IReadOnlyListFactorTrace
            ),
            Provenance = JsonSerializer.Serialize(decided.Provenance, DecisionJson.Default.Provenance),
            OrderId = decision.Order is null ? null : DeterministicId.Order(id),
            Timestamp = signal.Timestamp,
            Seq = signal.Seq,
            Run = signal.Run,
            DecidedAt = now,
        };
    }

    private static SignalRow SignalRowOf(Signal signal) =>
        new()
        {
            Id = signal.Id,
            Symbol = signal.Symbol,
            Score = signal.Score,
            Timestamp = signal.Timestamp,
            Pattern = signal.Pattern,
            Direction = signal.Direction,
            Price = signal.Price,
            TickId = signal.TickId,
            Seq = signal.Seq,
            Run = signal.Run,
            Features = FeaturesOf(signal),
        };

    private static DecisionMessage MessageOf(DecidedSignal decided, DecisionRow row) =>
        new()
        {
            Id = row.Id,
            SignalId = row.SignalId,
            Symbol = row.Symbol,
            Action = row.Action,
            Score = row.Score,
            Factors = row.Factors,
            Provenance = row.Provenance,
            Timestamp = row.Timestamp,
            Seq = row.Seq,
            Run = row.Run,
            Trace = decided.Trace,
        };

    private static OrderMessage OrderOf(DecidedSignal decided, DecisionRow row, OrderPlan order) =>
        new()
        {
            Id = row.OrderId!.Value,
            ClientOrderId = row.OrderId!.Value,
            DecisionId = row.Id,
            Symbol = row.Symbol,
            Side = order.Side == Side.Buy ? Side.Buy : Side.Sell,
            Quantity = order.Quantity,
            Price = order.LimitPrice,
            Type = WireNames.Name(order.Type),
            TimeInForce = WireNames.Name(order.TimeInForce),
            Event = "NEW",
            Origin = decided.Signal.Pattern,
            Timestamp = row.Timestamp,
            Seq = row.Seq,
            Run = row.Run,
            Trace = decided.Trace,
        };

    private static string FeaturesOf(Signal signal) => StreamText.Write(signal).First(static field => field.Key == "features").Value;
}
