using System.Globalization;
using System.Text.Json;
using AITrader.Domain.Ids;
using AITrader.Storage.Accounts;
using AITrader.Storage.Rows;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>A halt that the engine decides, in the account with its audit event.</summary>
internal static class AccountHalt
{
    public static void Write(AccountChange change, string reason, DateTimeOffset now)
    {
        var account = change.Account;
        account.TradingState = TradingStates.Halted;
        account.HaltReason = reason;
        account.UpdatedAt = now;
        change.Add(
            new AuditEventRow
            {
                Id = DeterministicId.Create("audit", FormattableString.Invariant($"halt/{account.Id}/{now.UtcTicks}/{reason}")),
                EventType = "trading.halted",
                EntityType = "account",
                EntityId = account.Id.ToString(CultureInfo.InvariantCulture),
                Changes = JsonSerializer.Serialize(
                    new Dictionary<string, string> { ["trading_state"] = TradingStates.Halted, ["reason"] = reason },
                    AuditJson.Default.DictionaryStringString
                ),
                Timestamp = now,
            }
        );
    }
}
