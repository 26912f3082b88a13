using System.Security.Claims;
using AITrader.Backend.Identity;
using AITrader.Backend.Monitor;
using AITrader.Backend.Problems;
using AITrader.Contracts.Replays;
using AITrader.Messaging;
using AITrader.Storage.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Replays.Control;

/// <summary>Passes commands on to market-data, and publishes the result to the monitors.</summary>
/// <remarks>
/// The command and its user are written to the audit trail before market-data is called, so that no command goes unrecorded. Its outcome is
/// a second event that names the first.
/// </remarks>
internal sealed class ReplayCommands(
    MarketDataClient marketData,
    AuditTrail audit,
    AccountPublisher account,
    IMonitorChannel channel,
    MonitorJson json,
    ILogger<ReplayCommands> log
)
{
    private const string Requested = "replay.asked";
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
        var asked = await audit.WriteAsync(new AuditEntry(Requested, user.UserId, Entity, Entity, new { command = path, body }), ct);
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
        account.RequestUpdate();
        await PublishAsync(report, ct);
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
            // The command succeeded and its request is recorded: an error would be wrong.
            log.OutcomeNotWritten(failure, eventType, entity);
        }
    }

    private async Task PublishAsync(ReplayReport report, CancellationToken ct)
    {
        try
        {
            await channel.PublishAsync(json.Write(MonitorJson.Replay, report), ct);
        }
        catch (BusUnavailableException)
        {
            // The command succeeded; monitors see it with the next reading.
        }
    }
}

/// <summary>Log messages of replay commands. Event ids 8100 to 8109.</summary>
internal static partial class ReplayCommandsLog
{
    [LoggerMessage(
        8100,
        LogLevel.Warning,
        "The outcome of a replay command, {EventType} of {Entity}, could not be written to the audit trail; its request is there"
    )]
    public static partial void OutcomeNotWritten(this ILogger logger, Exception failure, string eventType, string entity);
}
