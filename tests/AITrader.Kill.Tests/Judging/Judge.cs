using System.Globalization;

namespace AITrader.Kill.Tests.Judging;

/// <summary>Compares our books with the mock exchange's ledger, which knows nothing of them.</summary>
internal static class Judge
{
    private static readonly string[] Ended = ["FILLED", "CANCELLED", "EXPIRED", "REJECTED", "DENIED"];

    /// <summary>What is wrong; empty when nothing is. Each begins with doubled, lost, wrong or exceeded.</summary>
    public static IReadOnlyList<string> Findings(Books books) => [.. Doubled(books), .. Lost(books), .. Wrong(books), .. Exceeded(books)];

    private static IEnumerable<string> Doubled(Books books) =>
        books
            .LedgerOrders.GroupBy(static order => order.Tag)
            .Where(static group => group.Key.Length == 0 || group.Count() > 1)
            .Select(static group => $"doubled: {group.Count()} orders at the exchange have the tag '{group.Key}'");

    private static IEnumerable<string> Lost(Books books)
    {
        var known = books.Orders.Select(static order => order.Id).Concat(books.Refused).ToHashSet();
        foreach (var order in books.Owed.Where(order => !known.Contains(order)))
        {
            yield return $"lost: order {order} was promised, and there is no trace of it";
        }

        foreach (var order in books.Orders.Where(static order => !Ended.Contains(order.Status)))
        {
            yield return $"lost: order {order.Id} is {order.Status} ({order.Reason}) when all is quiet";
        }
    }

    private static IEnumerable<string> Wrong(Books books)
    {
        if (books.TradingState != "ACTIVE")
        {
            yield return $"wrong: trading is {books.TradingState}";
        }

        var theirs = books.LedgerTrades.Select(static trade => (trade.Quantity, trade.Price)).Order().ToList();
        var ours = books.Executions.Select(static execution => (execution.Quantity, execution.Price)).Order().ToList();
        if (!theirs.SequenceEqual(ours))
        {
            yield return Text($"wrong: {ours.Count} executions are booked, {theirs.Count} trades happened, and they are not the same");
        }

        var held = books.LedgerTrades.Sum(static trade => trade.Quantity);
        if (held != books.Position)
        {
            yield return Text($"wrong: the position is {books.Position}, and {held} at the exchange");
        }

        var cash =
            books.InitialCash
            - books.LedgerTrades.Sum(static trade => trade.Quantity * trade.Price)
            - books.Executions.Sum(static execution => execution.Fee);
        if (cash != books.Cash)
        {
            yield return Text($"wrong: cash is {books.Cash}, and by the exchange's trades {cash}");
        }

        foreach (var finding in WrongOrders(books))
        {
            yield return finding;
        }
    }

    private static IEnumerable<string> WrongOrders(Books books)
    {
        var filled = books.LedgerOrders.ToDictionary(static order => order.Number, static order => order.Filled);
        var claimed = new HashSet<string>();
        foreach (var order in books.Orders)
        {
            claimed.UnionWith(order.Numbers);
            var theirs = order.Numbers.Sum(number => filled.GetValueOrDefault(number));
            if (theirs != order.Filled)
            {
                yield return Text($"wrong: {order.Filled} of order {order.Id} are booked, and {theirs} were executed");
            }
        }

        foreach (var stranger in books.LedgerOrders.Where(order => !claimed.Contains(order.Number)))
        {
            yield return $"wrong: order {stranger.Number} at the exchange belongs to none of ours";
        }

        foreach (var open in books.LedgerOrders.Where(static order => order.Status is not ("COMPLETE" or "CANCELLED" or "REJECTED")))
        {
            yield return $"wrong: order {open.Number} is {open.Status} at the exchange when all is quiet";
        }
    }

    private static IEnumerable<string> Exceeded(Books books)
    {
        var held = 0m;
        foreach (var trade in books.LedgerTrades)
        {
            held += trade.Quantity;
            if (Math.Abs(held) > books.MaxPosition)
            {
                yield return Text($"exceeded: {held} were held after trade {trade.Number}, and {books.MaxPosition} are allowed");
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
