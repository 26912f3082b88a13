using System.Text.Json;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Storage.Accounts;
using AITrader.Storage.Leasing;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Stores outcomes: orders, events, executions, trades, positions, account, audit trail and outbox in one transaction.</summary>
internal sealed class AccountWriter(AccountTable table, TimeProvider time)
{
    /// <summary>Stores the outcomes, all or none.</summary>
    /// <exception cref="LeaseLostException">Another process writes the account now.</exception>
    /// <exception cref="AccountInDoubtException">The account was written past the lease.</exception>
    public async Task WriteAsync(DeskAccount deskAccount, FillTraces fills, Work work, CancellationToken ct)
    {
        await table.ChangeAsync(
            deskAccount.Lease,
            deskAccount.Id,
            (change, token) => WriteAsync(change, deskAccount, fills, work, token),
            ct
        );
        if (work.Outcomes.Any(static outcome => outcome.Fill is not null))
        {
            deskAccount.StoredCash = deskAccount.Desk.Ledger.Cash;
        }

        if (work.Halt is not null)
        {
            deskAccount.TradingState = TradingStates.Halted;
        }
    }

    private async Task WriteAsync(AccountChange change, DeskAccount deskAccount, FillTraces fills, Work work, CancellationToken ct)
    {
        var outcomes = work.Outcomes;

        // The comparison finds a write past the lease. In doubt the account is not written.
        var account = change.Account;
        if (deskAccount.Desk.IsReconciled && account.Cash != deskAccount.StoredCash)
        {
            throw new AccountInDoubtException(
                "account",
                FormattableString.Invariant($"account cash: {deskAccount.StoredCash} was stored, {account.Cash} is there")
            );
        }

        await StoreOrdersAsync(change, outcomes, work.Changed, ct);
        await (work.Broker?.WriteAsync(change, ct) ?? Task.CompletedTask);
        foreach (var outcome in outcomes)
        {
            StoreStep(change, outcome, fills.TraceOf(outcome));
        }

        work.Equity.ForEach(change.Add);

        await StoreRefusedAsync(change, work.Refused, ct);
        if (work.Halt is { } halt)
        {
            AccountHalt.Write(change, halt.ToString(), time.GetUtcNow());
        }

        if (outcomes.Any(static outcome => outcome.Fill is not null))
        {
            StoreAccount(account, deskAccount);
            await StorePositionsAsync(change, deskAccount, outcomes, ct);
        }
    }

    private async Task StoreOrdersAsync(
        AccountChange change,
        IReadOnlyList<TradingOutcome> outcomes,
        IReadOnlyList<Order> changed,
        CancellationToken ct
    )
    {
        // What changed last without a step is newer than any step of the same order.
        var newest = new Dictionary<Guid, Order>();
        foreach (var order in outcomes.Select(static outcome => outcome.Order).Concat(changed))
        {
            newest[order.Id] = order;
        }

        var rows = await change.OrdersAsync([.. newest.Keys], ct);
        var stored = rows.Count;
        foreach (var order in newest.Values)
        {
            if (!rows.TryGetValue(order.Id, out var row))
            {
                row = OrderRows.New(order, time.GetUtcNow());
                change.Add(row);
            }

            OrderRows.Update(row, order, time.GetUtcNow());
        }

        // Events of new orders would be numbered after those of old ones, whatever happened first.
        if (stored > 0 && stored < newest.Count)
        {
            await change.FlushAsync(ct);
        }
    }

    private void StoreStep(AccountChange change, TradingOutcome outcome, string trace)
    {
        var now = time.GetUtcNow();
        change.Add(
            new OrderEventRow
            {
                OrderId = outcome.Order.Id,
                Status = WireNames.Name(outcome.Status),
                Reason = outcome.Reason,
                RequestId = outcome.RequestId,
                Quantity = outcome.Fill?.Quantity,
                Price = outcome.Fill?.Price,
                Timestamp = outcome.Timestamp,
                Seq = outcome.Seq,
                RecordedAt = now,
            }
        );
        change.Add(AuditOf(outcome, now));
        if (outcome.Fill is not null)
        {
            StoreExecution(change, outcome, trace);
        }

        change.Publish(outcome.ToMessage(trace));
    }

    private static void StoreExecution(AccountChange change, TradingOutcome outcome, string trace)
    {
        var execution = outcome.Fill!;
        var request = outcome.Order.Request;
        change.Add(
            new ExecutionRow
            {
                ExecId = execution.ExecId,
                OrderId = execution.OrderId,
                Symbol = execution.Symbol,
                Side = execution.Side,
                Quantity = execution.Quantity,
                Price = execution.Price,
                Fee = execution.Fee,
                Liquidity = execution.Liquidity,
                Timestamp = execution.Timestamp,
                Seq = execution.Seq,
                Run = request.Run,
                AccountId = change.Account.Id,
                Rate = execution.Rate,
                Trade = new TradeRow
                {
                    Timestamp = execution.Timestamp,
                    Symbol = execution.Symbol,
                    Side = execution.Side,
                    Quantity = execution.Quantity,
                    Price = execution.Price,
                    Fees = execution.Fee,
                    Pnl = outcome.Realised,
                    StrategyTag = request.Origin.Length > 0 ? request.Origin : null,
                    Notes = $"{execution.Liquidity} order {execution.OrderId:D}",
                    RunId = request.Run,
                },
            }
        );
        change.Publish(execution with { Run = request.Run, Trace = trace });
    }

    private async Task StoreRefusedAsync(AccountChange change, IReadOnlyList<RefusedOrder> refused, CancellationToken ct)
    {
        foreach (var one in refused)
        {
            var id = AuditIds.Refused(one.Message.Id);
            if (await change.HasAuditEventAsync(id, ct))
            {
                continue;
            }

            change.Add(
                new AuditEventRow
                {
                    Id = id,
                    EventType = "order.refused",
                    EntityType = "order",
                    EntityId = one.Message.Id.ToString("D"),
                    Changes = JsonSerializer.Serialize(
                        new Dictionary<string, string> { ["status"] = "DENIED", ["reason"] = one.Reason },
                        AuditJson.Default.DictionaryStringString
                    ),
                    Timestamp = time.GetUtcNow(),
                }
            );
            if (one.KeepsRow)
            {
                change.Add(OrderRows.New(one, time.GetUtcNow()));
                change.Add(OrderRows.Denied(one, time.GetUtcNow()));
            }

            change.Publish(one.Message with { Event = WireNames.Name(OrderStatus.Denied), Reason = one.Reason });
        }
    }

    private void StoreAccount(AccountRow account, DeskAccount deskAccount)
    {
        var ledger = deskAccount.Desk.Ledger;
        account.Cash = ledger.Cash;
        account.RealisedPnl = ledger.Realised;
        account.Fees = ledger.Fees;
        account.UpdatedAt = time.GetUtcNow();
    }

    private async Task StorePositionsAsync(
        AccountChange change,
        DeskAccount deskAccount,
        IReadOnlyList<TradingOutcome> outcomes,
        CancellationToken ct
    )
    {
        var symbols = outcomes
            .Where(static outcome => outcome.Fill is not null)
            .Select(static outcome => outcome.Fill!.Symbol)
            .Distinct()
            .ToArray();
        var rows = await change.PositionsAsync(symbols, ct);
        foreach (var symbol in symbols)
        {
            if (!rows.TryGetValue(symbol, out var row))
            {
                row = new PositionRow
                {
                    AccountId = deskAccount.Id,
                    Symbol = symbol,
                    UpdatedAt = time.GetUtcNow(),
                };
                change.Add(row);
            }

            var position = deskAccount.Desk.Ledger.PositionOf(symbol);
            row.Quantity = position.Quantity;
            row.AveragePrice = position.AveragePrice;
            row.RealisedPnl = position.Realised;
            row.Fees = position.Fees;
            row.LastPrice = deskAccount.Desk.Value(symbol) ?? row.LastPrice;
            row.UpdatedAt = time.GetUtcNow();
        }
    }

    private static AuditEventRow AuditOf(TradingOutcome outcome, DateTimeOffset now)
    {
        var status = WireNames.Name(outcome.Status);
        var changes = new Dictionary<string, string> { ["status"] = status };
        if (outcome.Reason.Length > 0)
        {
            changes["reason"] = outcome.Reason;
        }

        if (outcome.Fill is { } execution)
        {
            changes["exec_id"] = execution.ExecId.ToString("D");
            changes["qty"] = FormattableString.Invariant($"{execution.Quantity}");
            changes["price"] = FormattableString.Invariant($"{execution.Price}");
            changes["fee"] = FormattableString.Invariant($"{execution.Fee}");
            changes["pnl"] = FormattableString.Invariant($"{outcome.Realised}");
        }

        return new AuditEventRow
        {
            Id = DeterministicId.Create(
                "audit",
                outcome.RequestId is { } request
                    ? $"change/{request:D}/{status}"
                    : $"{outcome.Order.Id:D}/{status}/{outcome.Seq}/{outcome.Fill?.ExecId:D}"
            ),
            EventType = $"order.{status.ToLowerInvariant()}",
            EntityType = "order",
            EntityId = outcome.Order.Id.ToString("D"),
            Changes = JsonSerializer.Serialize(changes, AuditJson.Default.DictionaryStringString),
            Timestamp = now,
        };
    }
}
