using AITrader.Domain.Positions;
using AITrader.ExecutionEngine.Accounts;
using AITrader.Storage.Accounts;
using AITrader.Storage.Rows;

namespace AITrader.ExecutionEngine.Reconciliation;

/// <summary>Compares the stored account with the desk's.</summary>
internal sealed class AccountAudit(AccountReader reader, AccountSums stored, AdjustmentReader adjustments)
{
    /// <summary>Account and positions against the ledger, and the ledger's own identity.</summary>
    /// <exception cref="AccountInDoubtException">They differ.</exception>
    public async Task CompareAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        var ledger = deskAccount.Desk.Ledger;
        Require("ledger", "imbalance", 0m, ledger.Imbalance());
        var account = await reader.GetAsync(deskAccount.Run, ct);
        Require("account", "initial_cash", ledger.InitialCash, account.InitialCash);
        Require("account", "cash", ledger.Cash, account.Cash);
        Require("account", "realised_pnl", ledger.Realised, account.RealisedPnl);
        Require("account", "fees", ledger.Fees, account.Fees);

        var rows = await stored.PositionsAsync(deskAccount.Id, ct);
        foreach (var position in ledger.Positions.Values)
        {
            Compare(position, rows.GetValueOrDefault(position.Symbol));
            rows.Remove(position.Symbol);
        }

        foreach (var row in rows.Values)
        {
            Compare(Position.Flat(row.Symbol), row);
        }
    }

    /// <summary>Executions as stored against the ledger's positions and the account's cash, and trades against their executions.</summary>
    /// <exception cref="AccountInDoubtException">They differ.</exception>
    public async Task CompareExecutionsAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        var ledger = deskAccount.Desk.Ledger;
        var sums = await stored.ExecutionsAsync(deskAccount.Id, ct);
        Require("executions", "count", ledger.Booked, sums.Sum(static sum => sum.Count));
        var adjusted = await adjustments.SumsAsync(deskAccount.Id, ct);
        var units = adjusted.ToDictionary(static sum => sum.Symbol, static sum => sum.Quantity, StringComparer.Ordinal);
        foreach (var sum in sums)
        {
            var quantity = sum.Quantity + units.GetValueOrDefault(sum.Symbol);
            Require("executions", $"sum of {sum.Symbol}", ledger.QuantityOf(sum.Symbol), quantity);
        }

        // What was computed and what is stored of it must be the same cash: a number that a column rounded shows here, and not at the next
        // start.
        var paid = sums.Sum(static sum => sum.Paid) - adjusted.Sum(static sum => sum.Amount);
        Require("cash", "after all executions", ledger.InitialCash - paid, ledger.Cash);
        await CompareTradesAsync(deskAccount.Id, ct);
    }

    private async Task CompareTradesAsync(int account, CancellationToken ct)
    {
        if (await stored.FindOddTradeAsync(account, ct) is { } odd)
        {
            throw new AccountInDoubtException(
                "trades",
                FormattableString.Invariant($"trades: trade {odd.TradeId} is not what execution {odd.ExecId} says")
            );
        }
    }

    private static void Compare(Position position, PositionRow? row)
    {
        Require("position", $"{position.Symbol} qty", position.Quantity, row?.Quantity ?? 0m);
        Require("position", $"{position.Symbol} average_price", position.AveragePrice, row?.AveragePrice ?? 0m);
        Require("position", $"{position.Symbol} realised_pnl", position.Realised, row?.RealisedPnl ?? 0m);
        Require("position", $"{position.Symbol} fees", position.Fees, row?.Fees ?? 0m);
    }

    private static void Require(string identity, string what, decimal expected, decimal found)
    {
        if (expected != found)
        {
            throw new AccountInDoubtException(
                identity,
                FormattableString.Invariant($"{identity} {what}: executions say {expected}, stored is {found}")
            );
        }
    }
}
