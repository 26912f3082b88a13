using System.Text.Json;
using AITrader.Domain.Positions;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ExecutionEngine.Risk;
using AITrader.Storage.Accounts;
using AITrader.Storage.Leasing;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Reconciliation;

/// <summary>Checks trading state, identities and marks between two transactions, never during one.</summary>
internal sealed class AccountGuard(
    AccountAudit audit,
    AccountReader reader,
    AccountTable table,
    RiskControl risk,
    AdjustmentBook adjustments,
    IOptions<ExecutionOptions> options,
    ExecutionMetrics metrics,
    TimeProvider time,
    ILogger<AccountGuard> log
)
{
    // Summing all executions may take one part in this many of the time.
    private const int SumShare = 100;

    private long _checkedAt;
    private long _summedAt;
    private string? _haltReason;
    private TimeSpan _sumTook;

    /// <summary>Whether the next check is due.</summary>
    public bool IsDue => time.GetElapsedTime(_checkedAt) >= options.Value.GuardInterval;

    /// <summary>Checks once, and returns the outcomes of a change of the trading state.</summary>
    /// <exception cref="AccountInDoubtException">An identity is broken.</exception>
    /// <exception cref="RunChangedException">The run was deleted.</exception>
    public async Task<IReadOnlyList<TradingOutcome>> CheckAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        var account = await ReadAsync(deskAccount, ct);
        IReadOnlyList<TradingOutcome> outcomes =
        [
            .. Follow(deskAccount, account),
            .. await risk.FollowAsync(deskAccount.Desk, ct),
            .. await adjustments.FollowAsync(deskAccount, ct),
        ];
        await audit.CompareAsync(deskAccount, ct);
        await SumAsync(deskAccount, ct);
        await MarkAsync(deskAccount, ct);
        await KeepLossesAsync(deskAccount, ct);
        _checkedAt = time.GetTimestamp();
        return outcomes;
    }

    /// <summary>Checks the trading state alone, which is all that can be checked while the account is in doubt.</summary>
    public async Task<IReadOnlyList<TradingOutcome>> FollowAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        _checkedAt = time.GetTimestamp();
        return Follow(deskAccount, await ReadAsync(deskAccount, ct));
    }

    /// <summary>Compares everything once and opens the account for trading, or fails.</summary>
    public async Task ReconcileAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        await audit.CompareAsync(deskAccount, ct);
        await audit.CompareExecutionsAsync(deskAccount, ct);
        deskAccount.Desk.IsReconciled = true;
        _haltReason = null;
        _checkedAt = time.GetTimestamp();
        _summedAt = _checkedAt;
    }

    /// <summary>Halts trading in the database, with the reason and an audit event. The first reason is kept when the account is loaded
    /// again and fails for another one.</summary>
    /// <exception cref="LeaseLostException">Another process writes the account now.</exception>
    public async Task HaltAsync(DeskAccount deskAccount, AccountInDoubtException doubt, CancellationToken ct)
    {
        log.AccountInDoubt(doubt.Message);
        metrics.Breach(doubt.Identity);
        await table.ChangeAsync(
            deskAccount.Lease,
            deskAccount.Id,
            (change, _) =>
            {
                Halt(change, doubt);
                return Task.CompletedTask;
            },
            ct
        );
        _haltReason ??= doubt.Message;
    }

    private async Task<AccountRow> ReadAsync(DeskAccount deskAccount, CancellationToken ct) =>
        await reader.FindAsync(deskAccount.Run, ct) is { } account && account.Id == deskAccount.Id
            ? account
            : throw new RunChangedException(next: null);

    private void Halt(AccountChange change, AccountInDoubtException doubt)
    {
        var account = change.Account;
        if (account.TradingState == TradingStates.Halted && account.HaltReason == (_haltReason ?? doubt.Message))
        {
            return;
        }

        AccountHalt.Write(change, doubt.Message, time.GetUtcNow());
    }

    private IReadOnlyList<TradingOutcome> Follow(DeskAccount deskAccount, AccountRow account)
    {
        if (account.TradingState == deskAccount.TradingState)
        {
            return [];
        }

        // Whoever activates trading after a loss limit has seen it: losses of a day are found anew, a drawdown is measured from here.
        if (deskAccount.TradingState == TradingStates.Halted)
        {
            deskAccount.Desk.ResetLosses();
        }

        deskAccount.TradingState = account.TradingState;
        log.TradingState(account.TradingState, account.HaltReason);
        return deskAccount.Desk.SetTradingState(TradingStateNames.Parse(account.TradingState));
    }

    private async Task SumAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        if (time.GetElapsedTime(_summedAt) < _sumTook * SumShare)
        {
            return;
        }

        var begin = time.GetTimestamp();
        await audit.CompareExecutionsAsync(deskAccount, ct);
        _summedAt = time.GetTimestamp();
        _sumTook = time.GetElapsedTime(begin, _summedAt);
    }

    /// <summary>Stores at which prices positions are marked now, where that has changed.</summary>
    public async Task MarkAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        var marks = deskAccount
            .Desk.Ledger.Positions.Values.Select(position => (position.Symbol, Mark: NewMark(deskAccount, position)))
            .Where(static found => found.Mark is not null)
            .Select(static found => (found.Symbol, found.Mark!.Value))
            .ToList();
        if (marks.Count == 0)
        {
            return;
        }

        await table.MarkAsync(deskAccount.Lease, deskAccount.Id, marks, time.GetUtcNow(), ct);
        marks.ForEach(found => deskAccount.StoredMarks[found.Symbol] = found.Value);
    }

    private async Task KeepLossesAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        if (deskAccount.Desk.LossBase is not { } losses || losses == deskAccount.StoredLosses)
        {
            return;
        }

        var text = JsonSerializer.Serialize(losses, RiskJson.Default.LossBase);
        await table.ChangeAsync(
            deskAccount.Lease,
            deskAccount.Id,
            (change, _) =>
            {
                change.Account.LossBase = text;
                return Task.CompletedTask;
            },
            ct
        );
        deskAccount.StoredLosses = losses;
    }

    private static decimal? NewMark(DeskAccount deskAccount, Position position)
    {
        if (position.Quantity == 0m || deskAccount.Desk.Value(position.Symbol) is not { } mark)
        {
            return null;
        }

        return deskAccount.StoredMarks.TryGetValue(position.Symbol, out var stored) && stored == mark ? null : mark;
    }
}
