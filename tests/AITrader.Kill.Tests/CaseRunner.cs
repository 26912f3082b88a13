using AITrader.Kill.Tests.Faults;
using AITrader.Kill.Tests.Judging;
using AITrader.Kill.Tests.Stack;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Kill.Tests;

/// <summary>Runs cases on one stack, while ticks and orders flow.</summary>
internal sealed class CaseRunner(KillStack stack, HandFlow hand, CancellationToken ct)
{
    private static readonly TimeSpan ReachLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(1);

    private readonly HashSet<Guid> _denied = [];
    private (int Orders, int Trades) _before;

    public async Task<CaseResult> RunAsync(KillCase one)
    {
        TimeSpan recovery;
        await using (new MarketFlow(stack))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var asking = hand.RunAsync(end.Token);
            try
            {
                // Orders flow before the fault, else it hits nothing.
                await UntilReachedAsync(await ReachedAsync() + 1);
                await Task.Delay(one.Delay, ct);
                var injector = new FaultInjector(stack);
                await injector.InjectAsync(one.Fault, ct);
                await UntilReachedAsync(await ReachedAsync() + 1);
                recovery = TimeProvider.System.GetElapsedTime(injector.StruckAt);
                await Task.Delay(After, ct);
            }
            finally
            {
                await end.CancelAsync();
                await asking;
            }
        }

        var (findings, books) = await Quiet.JudgeAsync(stack, hand, ct);
        var before = _before;
        _before = (books.LedgerOrders.Count, books.LedgerTrades.Count);
        return new CaseResult(
            one.Number,
            one.Fault.ToString(),
            Math.Round(recovery.TotalSeconds, 1),
            _before.Orders - before.Orders,
            _before.Trades - before.Trades,
            books
                .Orders.Where(order => order.Status == "DENIED" && _denied.Add(order.Id))
                .CountBy(static order =>
                    order.Reason.StartsWith("ORDER_KIND", StringComparison.Ordinal) ? order.Reason : order.Reason.Split(' ')[0]
                )
                .OrderBy(static code => code.Key, StringComparer.Ordinal)
                .ToDictionary(),
            findings
        );
    }

    private async Task UntilReachedAsync(int count)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (await ReachedAsync() < count)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > ReachLimit)
            {
                throw new TimeoutException($"No order has reached the exchange for {ReachLimit.TotalSeconds:0} s.");
            }

            await Task.Delay(50, ct);
        }
    }

    // Orders that the exchange has answered for, by our books.
    private async Task<int> ReachedAsync()
    {
        while (true)
        {
            try
            {
                await using var db = stack.NewContext();
                return await db.BrokerOrders.CountAsync(static row => row.BrokerOrderId != null, ct);
            }
            catch (Exception away) when (away is not OperationCanceledException)
            {
                // The database may be what was killed.
                await Task.Delay(100, ct);
            }
        }
    }
}
