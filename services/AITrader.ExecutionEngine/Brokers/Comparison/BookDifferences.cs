using System.Globalization;
using AITrader.Domain.Brokers;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Brokers.News;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.Storage.Rows;

namespace AITrader.ExecutionEngine.Brokers.Comparison;

/// <summary>Finds in what the broker's books and ours differ. Changes nothing.</summary>
internal sealed class BookDifferences(BrokerContext context)
{
    public const string ForeignOrder = "foreign_order";
    public const string UnknownTrade = "unknown_trade";
    public const string LiveOrder = "live_order";
    public const string MissingOrder = "missing_order";
    public const string Position = "position";
    public const string Cash = "cash";

    private const string Nothing = "none";

    private BrokerOptions Options => context.Options;

    public async Task<List<BrokerDifference>> FindAsync(BrokerBooks books, CancellationToken ct)
    {
        var found = new List<BrokerDifference>();
        found.AddRange(Orders(books.Orders));
        found.AddRange(Missing());
        found.AddRange(await TradesAsync(books.Executions, ct));
        found.AddRange(Positions(books.Positions!));
        if (CashOf(books) is { } cash)
        {
            found.Add(cash);
        }

        return found;
    }

    /// <summary>Whether a difference may be one of the moment, because the books were not read at the same time: it counts when it is
    /// found twice in a row.</summary>
    public static bool MayPass(BrokerDifference difference) => difference.Kind is Position or Cash;

    private IEnumerable<BrokerDifference> Orders(IReadOnlyList<BrokerOrder> orders)
    {
        foreach (var order in orders)
        {
            var text = $"{WireNames.Name(order.Side)} {Text(order.Quantity)} {order.Symbol} {order.StatusText}";
            if (context.Parts.OfNumber(order.BrokerOrderId) is not { } part)
            {
                yield return new BrokerDifference(ForeignOrder, order.BrokerOrderId, Nothing, text, "report");
            }
            else if (!part.IsOpen && OrderState.Of(order.Status).IsWorking)
            {
                yield return new BrokerDifference(
                    LiveOrder,
                    order.BrokerOrderId,
                    $"order {part.Row.OrderId} ended",
                    text,
                    Options.LiveOrders
                );
            }
        }
    }

    private IEnumerable<BrokerDifference> Missing() =>
        context
            .Parts.All.Where(static part => part is { Row.State: BrokerOrderStates.Working, Missing: > 1 })
            .Select(part => new BrokerDifference(
                MissingOrder,
                part.Row.BrokerOrderId!,
                $"order {part.Row.OrderId} works",
                Nothing,
                Options.MissingOrders
            ));

    private async Task<IEnumerable<BrokerDifference>> TradesAsync(IReadOnlyList<BrokerExecution> executions, CancellationToken ct)
    {
        var unknown = executions
            .Where(execution => context.Parts.OfNumber(execution.BrokerOrderId) is null)
            .ToDictionary(execution => BookSteps.IdOf(context.Broker, execution));
        var booked = unknown.Count == 0 ? [] : await context.Reader.BookedAsync(unknown.Keys, ct);
        return unknown
            .Where(found => !booked.Contains(found.Key))
            .Select(found => new BrokerDifference(
                UnknownTrade,
                $"{found.Value.BrokerOrderId}/{found.Value.ExecutionId}",
                Nothing,
                $"{WireNames.Name(found.Value.Side)} {Text(found.Value.Quantity)} {found.Value.Symbol} at {Text(found.Value.Price)}",
                Options.UnknownTrades
            ));
    }

    private IEnumerable<BrokerDifference> Positions(IReadOnlyList<BrokerPosition> positions)
    {
        var theirs = positions
            .GroupBy(static position => position.Symbol, StringComparer.Ordinal)
            .ToDictionary(
                static group => group.Key,
                static group => group.Sum(static position => position.Quantity),
                StringComparer.Ordinal
            );
        var ledger = context.Desk.Ledger;
        foreach (var symbol in theirs.Keys.Union(ledger.Positions.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (held, there) = (ledger.QuantityOf(symbol), theirs.GetValueOrDefault(symbol));
            if (held != there)
            {
                yield return new BrokerDifference(Position, symbol, Text(held), Text(there), Options.Positions);
            }
        }
    }

    // While anything is held or works, margins of the broker's own kind are blocked: then the two are not the same thing.
    private BrokerDifference? CashOf(BrokerBooks books)
    {
        var ledger = context.Desk.Ledger;
        var isFlat =
            books.Positions!.All(static position => position.Quantity == 0m)
            && ledger.Positions.Values.All(static position => position.Quantity == 0m)
            && !books.Orders.Any(static order => OrderState.Of(order.Status).IsWorking);
        return isFlat && books.Funds is { } funds && Math.Abs(funds - ledger.Cash) > Options.CashTolerance
            ? new BrokerDifference(Cash, "available", Text(ledger.Cash), Text(funds), Options.Cash)
            : null;
    }

    private static string Text(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
