using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.ServiceDefaults.Instruments;
using AITrader.Storage.Accounts;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Reconciliation;

/// <summary>Books the splits and dividends that were asked for, each once: its row says so in the transaction that changes the
/// account.</summary>
internal sealed class AdjustmentBook(
    AdjustmentReader reader,
    AccountTable table,
    TradableInstruments instruments,
    TimeProvider time,
    ILogger<AdjustmentBook> log
)
{
    private static readonly TimeSpan India = TimeSpan.FromHours(5.5);

    /// <summary>Books what waits, and returns what became of working orders. Those of a symbol that is split are cancelled first; the split
    /// is booked when none works any more.</summary>
    public async Task<IReadOnlyList<TradingOutcome>> FollowAsync(DeskAccount deskAccount, CancellationToken ct)
    {
        if (deskAccount.Run.Length > 0)
        {
            return [];
        }

        var outcomes = new List<TradingOutcome>();
        foreach (var row in await reader.RequestedAsync(deskAccount.Id, ct))
        {
            var working = row.Kind == AdjustmentKinds.Split ? WorkingOf(deskAccount.Desk, row.Symbol) : [];
            if (working.Length == 0)
            {
                await DecideAsync(deskAccount, row, ct);
                continue;
            }

            foreach (var order in working.Where(static order => order.State.Status != OrderStatus.PendingCancel))
            {
                outcomes.AddRange(deskAccount.Desk.Cancel(order.Id, $"SPLIT {row.NewUnits}:{row.OldUnits} id={row.Id:D}"));
            }
        }

        return outcomes;
    }

    private static Order[] WorkingOf(TradingDesk desk, string symbol) => [.. desk.Working.Where(order => order.Request.Symbol == symbol)];

    private async Task DecideAsync(DeskAccount deskAccount, AdjustmentRow row, CancellationToken ct)
    {
        var desk = deskAccount.Desk;
        row.DecidedAt = time.GetUtcNow();
        row.LotSize = instruments.Find(row.Symbol)?.LotSize ?? 1m;
        row.Rate = desk.RateOf(row.Symbol) ?? 0m;
        row.Reason = await RefusalAsync(deskAccount, row, ct);
        if (row.Reason.Length == 0)
        {
            Book(deskAccount, row);
        }

        row.State = row.Reason.Length == 0 ? AdjustmentStates.Booked : AdjustmentStates.Refused;
        await table.ChangeAsync(deskAccount.Lease, deskAccount.Id, (change, token) => StoreAsync(change, deskAccount, row, token), ct);
        deskAccount.StoredCash = desk.Ledger.Cash;
        if (row.State == AdjustmentStates.Booked)
        {
            desk.Rescale(row);
        }

        log.Adjusted(row.Id, row.Kind, row.Symbol, row.State, row.Reason, row.QuantityBefore, row.QuantityAfter, row.Amount);
    }

    private async Task<string> RefusalAsync(DeskAccount deskAccount, AdjustmentRow row, CancellationToken ct)
    {
        // The exchange's day: of Indian symbols, which name their exchange, India's; of all else, UTC's.
        var zone = row.Symbol.Contains(':', StringComparison.Ordinal) ? India : TimeSpan.Zero;
        var begin = new DateTimeOffset(row.ExDate.ToDateTime(TimeOnly.MinValue), zone).ToUniversalTime();
        return begin > row.DecidedAt ? "EX_DATE_AHEAD: book it on that day, before the first trade"
            : row.Rate == 0m ? "NO_RATE: set the rate of its currency in Execution:Rates, then ask again"
            : await reader.HasTradedAsync(deskAccount.Id, row.Symbol, begin, ct)
                ? "TRADED_SINCE: the symbol was traded since the ex-date, so that it is not known what was held before it"
            : string.Empty;
    }

    private static void Book(DeskAccount deskAccount, AdjustmentRow row)
    {
        var ledger = deskAccount.Desk.Ledger;
        row.QuantityBefore = ledger.QuantityOf(row.Symbol);
        row.QuantityAfter = row.QuantityBefore;
        try
        {
            (row.Amount, row.Realised) = ledger.Book(row);
            row.QuantityAfter = ledger.QuantityOf(row.Symbol);
        }
        catch (InvalidOperationException leftover)
        {
            row.Reason = $"LEFT_OVER: {leftover.Message}; ask again with a cash price";
        }
    }

    private static async Task StoreAsync(AccountChange change, DeskAccount deskAccount, AdjustmentRow row, CancellationToken ct)
    {
        var stored = await change.AdjustmentAsync(row.Id, ct);
        (stored.State, stored.Reason, stored.DecidedAt, stored.LotSize) = (row.State, row.Reason, row.DecidedAt, row.LotSize);
        (stored.Rate, stored.Amount, stored.Realised) = (row.Rate, row.Amount, row.Realised);
        (stored.QuantityBefore, stored.QuantityAfter) = (row.QuantityBefore, row.QuantityAfter);
        change.Add(AuditOf(row));
        if (row.State != AdjustmentStates.Booked)
        {
            return;
        }

        var (booked, trade, step) = await change.PlaceAsync(ct);
        (stored.Number, stored.AfterTrade, stored.AfterStep, stored.AfterSeq) = (booked + 1, trade, step, deskAccount.Desk.Seq);
        var ledger = deskAccount.Desk.Ledger;
        (change.Account.Cash, change.Account.RealisedPnl, change.Account.UpdatedAt) = (ledger.Cash, ledger.Realised, row.DecidedAt!.Value);
        if ((await change.PositionsAsync([row.Symbol], ct)).TryGetValue(row.Symbol, out var position))
        {
            var held = ledger.PositionOf(row.Symbol);
            (position.Quantity, position.AveragePrice, position.RealisedPnl) = (held.Quantity, held.AveragePrice, held.Realised);
            position.UpdatedAt = row.DecidedAt.Value;
        }
    }

    private static AuditEventRow AuditOf(AdjustmentRow row) =>
        new()
        {
            Id = DeterministicId.Create("audit", $"adjustment/{row.Id:D}"),
            EventType = row.State == AdjustmentStates.Booked ? "account.adjusted" : "account.adjustment_refused",
            EntityType = "adjustment",
            EntityId = row.Id.ToString("D"),
            Changes = JsonSerializer.Serialize(
                new Dictionary<string, string>
                {
                    ["reason"] = row.Reason,
                    ["qty_before"] = FormattableString.Invariant($"{row.QuantityBefore}"),
                    ["qty_after"] = FormattableString.Invariant($"{row.QuantityAfter}"),
                    ["amount"] = FormattableString.Invariant($"{row.Amount}"),
                    ["realised"] = FormattableString.Invariant($"{row.Realised}"),
                },
                AdjustmentJson.Default.DictionaryStringString
            ),
            Timestamp = row.DecidedAt!.Value,
        };
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class AdjustmentJson : JsonSerializerContext;
