using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Sessions;

namespace AITrader.MockMcp.Faults;

/// <summary>Endpoints that request faults. Only requests from the same machine are accepted.</summary>
internal static class FaultEndpoints
{
    private const int MaxCount = 1000;

    private static readonly TimeSpan MaxSilence = TimeSpan.FromHours(1);

    public static void MapFaults(this RouteGroupBuilder admin)
    {
        admin.MapGet("/market", static (MarketBoard board) => Results.Ok(
                new
                {
                    board.Steps,
                    Regime = board.Regime.ToString(),
                    board.Correlation,
                }
            ));
        admin.MapPost("/market/regime", ForceRegime);
        admin.MapPost("/market/correlation", SetCorrelation);
        admin.MapPost("/ticker/drop", static (FaultControl faults) => AdminResults.Done(faults.Drop));
        admin.MapPost("/ticker/garbage", static (FaultControl faults) => AdminResults.Done(faults.SendGarbage));
        admin.MapPost("/ticker/silence", Silence);
        admin.MapPost("/rest/refuse", Refuse);
        admin.MapPost("/market/step", Step);
        admin.MapPost("/market/seed", Reseed);
        admin.MapPost("/clock", SetClock);
        admin.MapPost("/clock/reset", static (AdjustableClock clock) => AdminResults.Done(clock.Reset));
        admin.MapPost("/sessions/end", static (SessionStore sessions) => AdminResults.Done(sessions.EndAll));
    }

    private static IResult ForceRegime(MarketControl control, string name, int steps) =>
        RegimePhase.TryCreate(name, steps, out var phase)
            ? AdminResults.Done(() => control.ForceRegime(phase))
            : AdminResults.Bad($"name is one of {RegimePhase.AllNames}, steps 1 to 1000000.");

    private static IResult SetCorrelation(MarketControl control, double value) =>
        value is >= 0 and <= 0.99
            ? AdminResults.Done(() => control.SetCorrelation(value))
            : AdminResults.Bad("value is between 0 and 0.99.");

    private static IResult Silence(FaultControl faults, double seconds) =>
        seconds >= 0 && seconds <= MaxSilence.TotalSeconds
            ? AdminResults.Done(() => faults.Silence(TimeSpan.FromSeconds(seconds)))
            : AdminResults.Bad($"seconds is between 0 and {MaxSilence.TotalSeconds}.");

    private static IResult Refuse(FaultControl faults, int status, int count, string? body, string? scope) =>
        status is 403 or 429 or 502 or 503 or 504
        && count is > 0 and <= MaxCount
        && (body is null or "json" || (body == "html" && status == StatusCodes.Status502BadGateway))
        && scope is null or "all" or "orders"
            ? AdminResults.Done(() => faults.Refuse(body == "html" ? FaultControl.ProxyPage : status, count, scope == "orders"))
            : AdminResults.Bad("status is 403, 429, 502, 503 or 504, count 1 to 1000, body json or (with 502) html, scope all or orders.");

    private static IResult Step(LiveMarket market, BrokerDesk desk, TimeProvider clock, int count = 1)
    {
        if (count is < 1 or > MaxCount)
        {
            return AdminResults.Bad("count is 1 to 1000.");
        }

        for (var step = 0; step < count; step++)
        {
            market.Step(clock.GetUtcNow());
            desk.Advance();
        }

        return Results.NoContent();
    }

    private static IResult Reseed(LiveMarket market, TimeProvider clock, int value) =>
        AdminResults.Done(() => market.Restart(value, clock.GetUtcNow()));

    private static IResult SetClock(AdjustableClock clock, BrokerDesk desk, DateTimeOffset now)
    {
        clock.Set(now);
        desk.Advance();
        return Results.NoContent();
    }
}
