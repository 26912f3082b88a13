using AITrader.Domain.Ids;
using AITrader.Domain.Positions;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Storage.Leasing;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using AITrader.Trading.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Reconciliation;

/// <summary>Looks at trading state, identities and marks between two pieces of work, never during one.</summary>
internal sealed class AccountGuard(
    IDbContextFactory<AITraderDbContext> contexts,
    IOptions<ExecutionOptions> options,
    ExecutionMetrics metrics,
    TimeProvider time,
    ILogger<AccountGuard> log
)
{
    // Summing all executions may take one part in this many of the time.
    private const int SumShare = 100;

    private long _lookedAt;
    private long _summedAt;
    private string? _haltReason;
    private TimeSpan _sumTook;

    /// <summary>Whether it is time to look.</summary>
    public bool IsDue => time.GetElapsedTime(_lookedAt) >= options.Value.GuardInterval;

    /// <summary>Looks; the outcomes are what a change of the trading state led to.</summary>
    /// <exception cref="AccountInDoubtException">An identity is broken.</exception>
    public async Task<IReadOnlyList<TradingOutcome>> LookAsync(DeskAccount books, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Accounts.AsNoTracking().SingleAsync(ct);
        var outcomes = Follow(books, account);
        await AccountAudit.CompareAsync(db, books, ct);
        await SumAsync(db, books, ct);
        await MarkAsync(db, books, ct);
        _lookedAt = time.GetTimestamp();
        return outcomes;
    }

    /// <summary>Follows the trading state alone: all that is left to look at while the books are in doubt.</summary>
    public async Task<IReadOnlyList<TradingOutcome>> FollowAsync(DeskAccount books, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        _lookedAt = time.GetTimestamp();
        return Follow(books, await db.Accounts.AsNoTracking().SingleAsync(ct));
    }

    /// <summary>Compares everything once and opens the books, or halts.</summary>
    public async Task ReconcileAsync(DeskAccount books, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await AccountAudit.CompareAsync(db, books, ct);
        await AccountAudit.CompareExecutionsAsync(db, books, ct);
        books.Desk.IsReconciled = true;
        _haltReason = null;
        _lookedAt = time.GetTimestamp();
        _summedAt = _lookedAt;
    }

    /// <summary>Halts trading in the database, with the reason and an audit event. What a doubt leads to when the books are loaded again
    /// does not hide its first reason.</summary>
    /// <exception cref="LeaseLostException">Another process writes the books now.</exception>
    public async Task HaltAsync(Lease lease, AccountInDoubtException doubt, CancellationToken ct)
    {
        log.AccountInDoubt(doubt.Message);
        metrics.Breach(doubt.Identity);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, lease, token);
                var account = await db
                    .Accounts.FromSql($"SELECT * FROM accounts WHERE id = {AccountRow.TheAccount} FOR UPDATE")
                    .SingleAsync(token);
                if (account.TradingState == TradingStates.Halted && account.HaltReason == (_haltReason ?? doubt.Message))
                {
                    return;
                }

                var now = time.GetUtcNow();
                account.TradingState = TradingStates.Halted;
                account.HaltReason = doubt.Message;
                account.UpdatedAt = now;
                db.AuditEvents.Add(
                    new AuditEventRow
                    {
                        Id = DeterministicId.Create("audit", FormattableString.Invariant($"halt/{now.UtcTicks}/{doubt.Message}")),
                        EventType = "trading.halted",
                        EntityType = "account",
                        EntityId = "1",
                        Changes = System.Text.Json.JsonSerializer.Serialize(
                            new Dictionary<string, string> { ["trading_state"] = TradingStates.Halted, ["reason"] = doubt.Message },
                            AuditJson.Default.DictionaryStringString
                        ),
                        Timestamp = now,
                    }
                );
            },
            ct
        );
        _haltReason ??= doubt.Message;
    }

    private IReadOnlyList<TradingOutcome> Follow(DeskAccount books, AccountRow account)
    {
        if (account.TradingState == books.TradingState)
        {
            return [];
        }

        books.TradingState = account.TradingState;
        log.TradingState(account.TradingState, account.HaltReason);
        return books.Desk.SetTradingState(TradingStateNames.Parse(account.TradingState));
    }

    private async Task SumAsync(AITraderDbContext db, DeskAccount books, CancellationToken ct)
    {
        if (time.GetElapsedTime(_summedAt) < _sumTook * SumShare)
        {
            return;
        }

        var begin = time.GetTimestamp();
        await AccountAudit.CompareExecutionsAsync(db, books, ct);
        _summedAt = time.GetTimestamp();
        _sumTook = time.GetElapsedTime(begin, _summedAt);
    }

    private async Task MarkAsync(AITraderDbContext db, DeskAccount books, CancellationToken ct)
    {
        var marks = books
            .Desk.Ledger.Positions.Values.Select(position => (position.Symbol, Mark: NewMark(books, position)))
            .Where(static found => found.Mark is not null)
            .ToList();
        if (marks.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        await db.InTransactionAsync(
            async token =>
            {
                await Leases.RequireAsync(db, books.Lease, token);
                foreach (var (symbol, mark) in marks)
                {
                    await db
                        .Positions.Where(row => row.Symbol == symbol)
                        .ExecuteUpdateAsync(
                            set => set.SetProperty(static row => row.LastPrice, mark).SetProperty(static row => row.UpdatedAt, now),
                            token
                        );
                }
            },
            ct
        );
        marks.ForEach(found => books.StoredMarks[found.Symbol] = found.Mark!.Value);
    }

    private static decimal? NewMark(DeskAccount books, Position position)
    {
        if (position.Quantity == 0m || books.Desk.Mark(position.Symbol) is not { } mark)
        {
            return null;
        }

        return books.StoredMarks.TryGetValue(position.Symbol, out var stored) && stored == mark ? null : mark;
    }
}
