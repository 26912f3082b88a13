using System.Globalization;
using System.Text.Json;
using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Kill.Tests.Stack;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Kill.Tests.Judging;

/// <summary>Reads our books from PostgreSQL, and the mock exchange's ledger over HTTP.</summary>
internal static class BookReader
{
    /// <param name="stack">The system.</param>
    /// <param name="asked">Orders that the gateway has promised to take.</param>
    /// <param name="ct">Ends the attempt.</param>
    public static async Task<Books> ReadAsync(KillStack stack, IEnumerable<Guid> asked, CancellationToken ct)
    {
        var (orders, trades) = await LedgerAsync(stack.Service(KillStack.Mock).Client, ct);
        await using var db = stack.NewContext();
        var account = await db.Accounts.AsNoTracking().SingleAsync(static row => row.Id == AccountRow.LiveAccount, ct);
        var owed = await db.Outbox.Where(static row => row.Kind == nameof(OrderMessage)).Select(static row => row.Id).ToListAsync(ct);
        owed.AddRange(asked);
        return new Books
        {
            LedgerOrders = orders,
            LedgerTrades = trades,
            Orders = await OrdersAsync(db, ct),
            Executions = await ExecutionsAsync(db, ct),
            Owed = owed.ToHashSet(),
            Refused = await RefusedAsync(db, owed, ct),
            Position = await db.Positions.Where(static row => row.Symbol == KillStack.Symbol).SumAsync(static row => row.Quantity, ct),
            InitialCash = account.InitialCash,
            Cash = account.Cash,
            TradingState = $"{account.TradingState}{(account.HaltReason is { Length: > 0 } reason ? $" ({reason})" : string.Empty)}",
            MaxPosition = KillStack.MaxPosition,
        };
    }

    private static async Task<(List<LedgerOrder> Orders, List<LedgerTrade> Trades)> LedgerAsync(HttpClient mock, CancellationToken ct)
    {
        using var document = JsonDocument.Parse(await mock.GetStringAsync("/admin/ledger", ct));
        var data = document.RootElement.GetProperty("data");
        return (
            [
                .. data.GetProperty("orders")
                    .EnumerateArray()
                    .Select(static order => new LedgerOrder(
                        Text(order, "order_id"),
                        Text(order, "tag"),
                        Text(order, "status"),
                        Number(order, "filled_quantity")
                    )),
            ],
            [
                .. data.GetProperty("trades")
                    .EnumerateArray()
                    .Select(static trade => new LedgerTrade(
                        Text(trade, "trade_id"),
                        Text(trade, "order_id"),
                        Signed(Text(trade, "transaction_type") == "BUY", Number(trade, "quantity")),
                        Number(trade, "average_price")
                    )),
            ]
        );
    }

    private static async Task<List<BookedOrder>> OrdersAsync(AITraderDbContext db, CancellationToken ct)
    {
        var parts = await db
            .BrokerOrders.Where(static row => row.BrokerOrderId != null)
            .Select(static row => new { row.OrderId, row.BrokerOrderId })
            .ToListAsync(ct);
        var numbers = parts.ToLookup(static part => part.OrderId, static part => part.BrokerOrderId!);
        var orders = await db.Orders.AsNoTracking().ToListAsync(ct);
        return orders.ConvertAll(row => new BookedOrder(row.Id, row.Status, row.Reason, row.FilledQuantity, [.. numbers[row.Id]]));
    }

    private static async Task<List<BookedExecution>> ExecutionsAsync(AITraderDbContext db, CancellationToken ct)
    {
        var rows = await db.Executions.AsNoTracking().ToListAsync(ct);
        return rows.ConvertAll(static row => new BookedExecution(Signed(row.Side == Side.Buy, row.Quantity), row.Price, row.Fee));
    }

    private static async Task<List<Guid>> RefusedAsync(AITraderDbContext db, List<Guid> owed, CancellationToken ct)
    {
        var ids = owed.ConvertAll(AuditIds.Refused);
        var found = (await db.AuditEvents.Where(row => ids.Contains(row.Id)).Select(static row => row.Id).ToListAsync(ct)).ToHashSet();
        return owed.FindAll(order => found.Contains(AuditIds.Refused(order)));
    }

    private static decimal Signed(bool isBuy, decimal quantity) => isBuy ? quantity : -quantity;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? string.Empty;

    private static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetRawText().Trim('"'), CultureInfo.InvariantCulture);
}
