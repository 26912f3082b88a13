using AITrader.Contracts;
using AITrader.Domain.Signals;
using AITrader.Messaging;
using AITrader.Storage.Rows;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.StrategyEngine.Tests.Support;

/// <summary>Sends signals and waits for their decisions.</summary>
internal static class Decisions
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Sends a signal and waits for its decision; one of a replay with its watermarks.</summary>
    public static async Task<DecisionRow> DecideAsync(this Bench bench, Signal signal)
    {
        if (signal.Run.Length > 0)
        {
            var cache = bench.Tools.Services.GetRequiredService<ICache>();
            await cache.SetAsync(CacheKeys.ActiveReplay, signal.Run, TimeSpan.FromMinutes(5), Ct);
        }

        await bench.Bus.PublishAsync(signal, Ct);
        if (signal.Run.Length > 0)
        {
            await bench.Watermarks.AdvanceAsync(signal.Run, ReplayStages.Execution, signal.Seq, Ct);
            await bench.Watermarks.AdvanceAsync(signal.Run, ReplayStages.Pattern, signal.Seq, Ct);
        }

        await bench.UntilAsync(db => db.Decisions.AnyAsync(row => row.SignalId == signal.Id, Ct), $"decision {signal.Seq}");
        await using var db = bench.NewContext();
        return await db.Decisions.SingleAsync(row => row.SignalId == signal.Id, Ct);
    }
}
