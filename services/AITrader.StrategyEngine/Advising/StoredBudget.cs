using AITrader.Advice.Advisers;
using AITrader.Messaging;
using AITrader.Storage.Advice;
using AITrader.StrategyEngine.Diagnostics;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Advising;

/// <summary>The tokens of a day in the database: shared by all instances, and not forgotten by a restart.</summary>
internal sealed class StoredBudget(AdviceTokens tokens, IOptions<AdviceOptions> options, TimeProvider time, ILogger<StoredBudget> log)
    : ITokenBudget
{
    public async ValueTask<DateOnly?> TryTakeAsync(long wanted, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        try
        {
            return await tokens.TryTakeAsync(day, wanted, options.Value.MaxTokensPerDay, ct) ? day : null;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && TransientFailures.Includes(failure))
        {
            // What cannot be counted is not spent.
            log.BudgetIsUnknown(failure);
            return null;
        }
    }

    public async ValueTask SettleAsync(DateOnly day, long taken, long used, CancellationToken ct)
    {
        try
        {
            await tokens.SettleAsync(day, taken, used, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && TransientFailures.Includes(failure))
        {
            // The estimate stays counted.
            log.BudgetIsUnknown(failure);
        }
    }
}
