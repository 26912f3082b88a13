using AITrader.Domain.Signals;
using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Decisions;

/// <summary>A signal that was decided before, with the reason of its decision.</summary>
/// <param name="Pattern">Detector.</param>
/// <param name="Direction">Which way it pointed.</param>
/// <param name="Score">Strength in [0, 1].</param>
/// <param name="Timestamp">Event time.</param>
/// <param name="Reason">Reason of the decision.</param>
public sealed record DecidedBefore(string Pattern, SignalDirection Direction, double Score, DateTimeOffset Timestamp, string Reason);

/// <summary>Reads the signals before a signal from the database, where a restart finds the same.</summary>
public sealed class RecentSignals(IDbContextFactory<AITraderDbContext> contexts)
{
    /// <summary>Most signals that are read: of more, the newest.</summary>
    public const int Max = 64;

    /// <summary>Signals of the same symbol and run that were decided before, oldest first.</summary>
    /// <param name="signal">The signal that is to be decided: nothing later than it is read.</param>
    /// <param name="lookBack">Event time to look back.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<IReadOnlyList<DecidedBefore>> ReadAsync(Signal signal, TimeSpan lookBack, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (lookBack <= TimeSpan.Zero)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var since = signal.Timestamp - lookBack;
        var newestFirst = await (
            from before in db.Signals
            join decision in db.Decisions on before.Id equals decision.SignalId
            where
                before.Symbol == signal.Symbol
                && before.Run == signal.Run
                && before.Timestamp > since
                && before.Timestamp <= signal.Timestamp
                && before.Id != signal.Id
            orderby before.Timestamp descending, before.Seq descending, before.Pattern
            select new DecidedBefore(before.Pattern, before.Direction, before.Score, before.Timestamp, decision.Reason)
        )
            .Take(Max)
            .ToListAsync(ct);
        newestFirst.Reverse();
        return newestFirst;
    }
}
