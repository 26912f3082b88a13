using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using AITrader.Trading.Ledger.Fees;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Brokers.Comparison;

/// <summary>Compares the broker's books with ours, and does about each difference once what its policy says.</summary>
/// <remarks>Whoever activates trading after a halt has seen the difference: it halts again only after it has changed, or after a
/// restart.</remarks>
internal sealed class BookComparison(BrokerContext context, BrokerState state)
{
    private readonly BookDifferences _differences = new(context);
    private readonly Adoption _adoption = new(context);
    private readonly HashSet<BrokerDifference> _handled = [];
    private HashSet<BrokerDifference> _found = [];

    /// <summary>Compares, and returns what follows.</summary>
    /// <param name="books">With positions and funds.</param>
    /// <param name="audits">Takes an event for each difference that is new.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <returns>Outcomes, and whether the books have to be read again before anything can be said.</returns>
    public async Task<(IReadOnlyList<TradingOutcome> Outcomes, bool ReadAgain)> TakeAsync(
        BrokerBooks books,
        List<AuditEventRow> audits,
        CancellationToken ct
    )
    {
        var found = await _differences.FindAsync(books, ct);
        var certain = found.Where(difference => !BookDifferences.MayPass(difference) || _found.Contains(difference)).ToList();
        _found = [.. found];
        _handled.IntersectWith(_found);
        var outcomes = new List<TradingOutcome>();
        foreach (var difference in certain.Where(_handled.Add))
        {
            context.Log.BooksDiffer(difference.Kind, difference.Key, difference.Ours, difference.Theirs, difference.Policy);
            context.Metrics.Differs(difference.Kind);
            audits.Add(AuditOf(difference));
            outcomes.AddRange(Apply(difference, books));
        }

        state.Differs(certain, context.Now);
        return (outcomes, certain.Count < found.Count);
    }

    private IReadOnlyList<TradingOutcome> Apply(BrokerDifference difference, BrokerBooks books) =>
        difference.Policy switch
        {
            "halt" => Halt(difference),
            "adopt" => Adopt(difference, books),
            "cancel" => Cancel(difference),
            _ => [],
        };

    private IReadOnlyList<TradingOutcome> Halt(BrokerDifference difference) =>
        context.Desk.Halt(
            Denial.Of(
                "BROKER_DIFFERS",
                ("kind", difference.Kind),
                ("key", difference.Key),
                ("ours", difference.Ours),
                ("theirs", difference.Theirs)
            )
        );

    private IReadOnlyList<TradingOutcome> Adopt(BrokerDifference difference, BrokerBooks books)
    {
        try
        {
            return difference.Kind switch
            {
                BookDifferences.UnknownTrade => _adoption.Book(
                    books.Executions.First(execution => $"{execution.BrokerOrderId}/{execution.ExecutionId}" == difference.Key)
                ),
                BookDifferences.Position => _adoption.Book(difference.Key, books.Positions!),
                _ => End(difference),
            };
        }
        catch (MissingFeeScheduleException)
        {
            // What it cost is not known: the books would be wrong by that.
            return Halt(difference);
        }
    }

    private IReadOnlyList<TradingOutcome> End(BrokerDifference difference)
    {
        var part = context.Parts.OfNumber(difference.Key)!;
        context.Parts.Enter(part, BrokerOrderStates.Done, context.Now);
        return context.Desk.Find(part.Row.OrderId) is { } order
            ? context.Desk.OnBroker(order, OrderStep.Expire, "NOT_AT_BROKER", context.Now)
            : [];
    }

    // Its end is asked for by the plan of what is sent.
    private IReadOnlyList<TradingOutcome> Cancel(BrokerDifference difference)
    {
        var part = context.Parts.OfNumber(difference.Key)!;
        part.Row.Ending = "ENDED_HERE";
        context.Parts.Enter(part, BrokerOrderStates.Working, context.Now);
        return [];
    }

    private AuditEventRow AuditOf(BrokerDifference difference)
    {
        var now = context.Now;
        return new AuditEventRow
        {
            Id = DeterministicId.Create("audit", FormattableString.Invariant($"broker/{difference}/{now.UtcTicks}")),
            EventType = "broker.difference",
            EntityType = "account",
            EntityId = "1",
            Changes = JsonSerializer.Serialize(
                new Dictionary<string, string>
                {
                    ["kind"] = difference.Kind,
                    ["key"] = difference.Key,
                    ["ours"] = difference.Ours,
                    ["theirs"] = difference.Theirs,
                    ["policy"] = difference.Policy,
                },
                ComparisonJson.Default.DictionaryStringString
            ),
            Timestamp = now,
        };
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ComparisonJson : JsonSerializerContext;
