using AITrader.Contracts.Replays;
using AITrader.Domain.Time;
using AITrader.MarketData.Replay;

namespace AITrader.MarketData.OrderBooks;

/// <summary>What is replayed just now, and how far: all that the books need to know of a replay.</summary>
/// <param name="Name">Tells one playing from another.</param>
/// <param name="Files">Files that are played.</param>
/// <param name="Micros">Event time up to which they are public.</param>
internal sealed record ReplayPoint(string Name, IReadOnlyList<string> Files, long Micros)
{
    /// <summary>The point of a view; null where nothing is public.</summary>
    public static ReplayPoint? Of(ReplayView view)
    {
        if (view is not { Run: { } run, Content: { } content, EventTime: { } time })
        {
            return null;
        }

        var micros = view.State == ReplayReportStates.Finished ? long.MaxValue : EventTime.ToMicros(time);
        return new ReplayPoint(run, content.Files, micros);
    }
}
