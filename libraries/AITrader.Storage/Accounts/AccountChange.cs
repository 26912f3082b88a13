using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Accounts;

/// <summary>One attempt at a change of the account, within its transaction. What is changed of a row that it returns is saved with
/// it.</summary>
public sealed class AccountChange
{
    private readonly AITraderDbContext _db;
    private readonly IOutbox _outbox;

    internal AccountChange(AITraderDbContext db, IOutbox outbox, AccountRow account)
    {
        _db = db;
        _outbox = outbox;
        Account = account;
    }

    /// <summary>The account, locked until the transaction ends.</summary>
    public AccountRow Account { get; }

    /// <summary>Those of the orders that are stored.</summary>
    public Task<Dictionary<Guid, OrderRow>> OrdersAsync(Guid[] ids, CancellationToken ct) =>
        _db.Orders.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(static row => row.Id, ct);

    /// <summary>Those of the positions that are stored.</summary>
    public Task<Dictionary<string, PositionRow>> PositionsAsync(string[] symbols, CancellationToken ct) =>
        _db
            .Positions.Where(row => row.AccountId == Account.Id && symbols.Contains(row.Symbol))
            .ToDictionaryAsync(static row => row.Symbol, StringComparer.Ordinal, ct);

    /// <summary>Those of the parts at a broker that are stored.</summary>
    public Task<Dictionary<Guid, BrokerOrderRow>> BrokerOrdersAsync(Guid[] ids, CancellationToken ct) =>
        _db.BrokerOrders.Where(row => ids.Contains(row.Id)).ToDictionaryAsync(static row => row.Id, ct);

    /// <summary>A split or dividend.</summary>
    public Task<AdjustmentRow> AdjustmentAsync(Guid id, CancellationToken ct) => _db.Adjustments.SingleAsync(row => row.Id == id, ct);

    /// <summary>How many splits and dividends are booked, and which trade of the account and which step of any order are the newest; 0
    /// before the first.</summary>
    public async Task<(int Adjustments, int Trade, long Step)> PlaceAsync(CancellationToken ct) =>
        (
            await _db.Adjustments.CountAsync(row => row.AccountId == Account.Id && row.State == AdjustmentStates.Booked, ct),
            await _db.Executions.Where(row => row.AccountId == Account.Id).MaxAsync(static row => row.TradeId, ct) ?? 0,
            await _db.OrderEvents.MaxAsync(static row => (long?)row.Id, ct) ?? 0
        );

    /// <summary>Adds a part that is to be sent to a broker.</summary>
    public void Add(BrokerOrderRow part) => _db.BrokerOrders.Add(part);

    /// <summary>Whether the audit trail has an event.</summary>
    public Task<bool> HasAuditEventAsync(Guid id, CancellationToken ct) => _db.AuditEvents.AnyAsync(row => row.Id == id, ct);

    /// <summary>Writes what was added and changed so far, within the transaction: what is added later gets later numbers.</summary>
    public Task FlushAsync(CancellationToken ct) => _db.SaveChangesAsync(ct);

    /// <summary>Adds an order.</summary>
    public void Add(OrderRow order) => _db.Orders.Add(order);

    /// <summary>Adds a state that an order entered.</summary>
    public void Add(OrderEventRow orderEvent) => _db.OrderEvents.Add(orderEvent);

    /// <summary>Adds an execution with its trade.</summary>
    public void Add(ExecutionRow execution) => _db.Executions.Add(execution);

    /// <summary>Adds a position.</summary>
    public void Add(PositionRow position) => _db.Positions.Add(position);

    /// <summary>Adds what the account was worth.</summary>
    public void Add(EquityRow equity) => _db.Equity.Add(equity);

    /// <summary>Adds an event to the audit trail.</summary>
    public void Add(AuditEventRow auditEvent) => _db.AuditEvents.Add(auditEvent);

    /// <summary>Adds a message to the outbox; messages are published in this order.</summary>
    public void Publish<T>(T message)
        where T : class => _outbox.Add(_db, message);
}
