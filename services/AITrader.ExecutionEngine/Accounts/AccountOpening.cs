using AITrader.ServiceDefaults.Instruments;
using AITrader.Storage.Accounts;
using AITrader.Storage.Leasing;
using AITrader.Storage.Rows;

namespace AITrader.ExecutionEngine.Accounts;

/// <summary>Opens the account of a replay: in the currency of its first instrument, with the cash that the live account began
/// with.</summary>
internal sealed class AccountOpening(AccountReader reader, AccountTable table, TradableInstruments instruments, TimeProvider time)
{
    /// <summary>The account of a run, which is made where it has none.</summary>
    /// <exception cref="InvalidOperationException">There is no live account.</exception>
    public async Task<AccountRow> FindOrOpenAsync(Lease lease, RunChoice choice, CancellationToken ct)
    {
        if (await reader.FindAsync(choice.Run, ct) is { } found)
        {
            return found;
        }

        var live = choice.Run.Length > 0 ? await reader.FindAsync(string.Empty, ct) : null;
        if (live is null)
        {
            throw new InvalidOperationException("There is no account: run the migrations first.");
        }

        var now = time.GetUtcNow();
        var account = new AccountRow
        {
            Run = choice.Run,
            Currency = instruments.Find(choice.Symbol)?.Currency ?? live.Currency,
            InitialCash = live.InitialCash,
            Cash = live.InitialCash,
            UpdatedAt = now,
        };
        var run = new RunRow
        {
            Run = choice.Run,
            Kind = RunKinds.Replay,
            StartedAt = now,
        };
        await table.OpenAsync(lease, account, run, ct);
        return await reader.GetAsync(choice.Run, ct);
    }
}
