using AITrader.Kill.Tests.Stack;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Kill.Tests.Judging;

/// <summary>Waits until nothing moves any more, and lets the judge look.</summary>
internal static class Quiet
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly string[] Resting = ["ACCEPTED", "PARTIALLY_FILLED"];

    /// <summary>Cancels what rests, and judges until two looks in a row find nothing, or time is up.</summary>
    /// <returns>The findings, and the books that they are about.</returns>
    public static async Task<(IReadOnlyList<string> Findings, Books Books)> JudgeAsync(
        KillStack stack,
        HandFlow hand,
        CancellationToken ct,
        TimeSpan? limit = null
    )
    {
        var begun = TimeProvider.System.GetTimestamp();
        var clean = 0;
        while (true)
        {
            await CancelAsync(stack, hand, ct);
            var books = await BookReader.ReadAsync(stack, hand.Asked, ct);
            var findings = Judge.Findings(books);
            clean = findings.Count == 0 ? clean + 1 : 0;
            if (clean == 2 || TimeProvider.System.GetElapsedTime(begun) > (limit ?? Limit))
            {
                return (findings, books);
            }

            await Task.Delay(Pause, ct);
        }
    }

    private static async Task CancelAsync(KillStack stack, HandFlow hand, CancellationToken ct)
    {
        await using var db = stack.NewContext();
        foreach (var order in await db.Orders.Where(row => Resting.Contains(row.Status)).Select(static row => row.Id).ToListAsync(ct))
        {
            await hand.CancelAsync(order, ct);
        }
    }
}
