using System.Security.Claims;
using AITrader.Backend.Data;
using AITrader.Backend.Identity;
using AITrader.Backend.Monitor;
using AITrader.Backend.Problems;
using AITrader.Contracts.Replays;
using AITrader.Messaging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Replays.Control;

/// <summary>Passes commands on to market-data, and tells the monitors.</summary>
/// <remarks>
/// Who asked for what is written down before market-data hears of it, so that nothing is ever done that nobody is known to have asked for.
/// What became of it is
/// a second event that names the first.
/// </remarks>
internal sealed class ReplayDesk(
    MarketDataClient marketData,
    AuditTrail audit,
    BooksPulse pulse,
    IMonitorChannel channel,
    MonitorJson json,
    ILogger<ReplayDesk> log
)
{
    private const string Asked = "replay.asked";
    private const string Refused = "replay.refused";
    private const string Unanswered = "replay.unanswered";
    private const string Entity = "replay";

    public async Task<Results<Accepted<ReplayReport>, ProblemHttpResult>> SendAsync<TBody>(
        string path,
        string eventType,
        TBody body,
        ClaimsPrincipal user,
        CancellationToken ct
    )
        where TBody : class
    {
        var asked = await audit.WriteAsync(new AuditEntry(Asked, user.UserId, Entity, Entity, new { command = path, body }), ct);
        var reply = await marketData.SendAsync(path, body, ct);
        if (reply.Report is not { } report)
        {
            var refusal = reply.Problem;
            await FollowUpAsync(
                refusal is null ? Unanswered : Refused,
                Entity,
                new
                {
                    asked,
                    command = path,
                    reason = refusal?.Type,
                },
                user,
                ct
            );
            return refusal is null ? BackendProblems.MarketDataAway() : TypedResults.Problem(refusal);
        }

        await FollowUpAsync(eventType, report.Run ?? report.Source ?? Entity, new { asked, body }, user, ct);
        pulse.LookAgain();
        await TellAsync(report, ct);
        return TypedResults.Accepted("/api/v1/replay", report);
    }

    private async Task FollowUpAsync(string eventType, string entity, object changes, ClaimsPrincipal user, CancellationToken ct)
    {
        try
        {
            await audit.WriteAsync(new AuditEntry(eventType, user.UserId, Entity, entity, changes), ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && TransientFailures.Includes(failure))
        {
            // It is done, and the trail says that it was asked for: to answer that it failed would be wrong.
            log.OutcomeNotWritten(failure, eventType, entity);
        }
    }

    private async Task TellAsync(ReplayReport report, CancellationToken ct)
    {
        try
        {
            await channel.PublishAsync(json.Write(MonitorJson.Replay, report), ct);
        }
        catch (BusUnavailableException)
        {
            // The command counts; monitors hear of it with the next reading.
        }
    }
}

/// <summary>What the desk says. Event ids 8100 to 8109.</summary>
internal static partial class ReplayDeskLog
{
    [LoggerMessage(
        8100,
        LogLevel.Warning,
        "What became of a replay command, {EventType} of {Entity}, could not be written to the audit trail; that it was asked for is there"
    )]
    public static partial void OutcomeNotWritten(this ILogger logger, Exception failure, string eventType, string entity);
}
