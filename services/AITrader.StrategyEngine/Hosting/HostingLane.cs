using AITrader.Contracts;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>What the hosted strategies of one lane have of their own: the live market and the replays have each strategy once.</summary>
internal sealed record HostingLane(Lane Lane, HostedBoard Board, HostedSessions Sessions, HostedReloads Reloads)
{
    public static HostingLane Create(IServiceProvider services, Lane lane)
    {
        var board = new HostedBoard();
        var sessions = ActivatorUtilities.CreateInstance<HostedSessions>(services, board);
        return new HostingLane(lane, board, sessions, ActivatorUtilities.CreateInstance<HostedReloads>(services, board, sessions));
    }
}
