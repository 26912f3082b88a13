using AITrader.MarketData.Diagnostics;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Live;

/// <summary>The state of the live feed, for other services.</summary>
internal static class FeedEndpoints
{
    public static void MapFeed(this IEndpointRouteBuilder routes) => routes.MapGet("/feed", Get).RequireServiceToken().WithName("GetFeed");

    private static Ok<FeedAnswer> Get(FeedState state, IOptions<FeedOptions> options) =>
        TypedResults.Ok(FeedAnswer.From(state, options.Value.Kind));
}

/// <summary>The state of the live feed.</summary>
internal sealed record FeedAnswer
{
    public required string Kind { get; init; }

    /// <summary>connected, partly_connected, disconnected or held_back.</summary>
    public required string State { get; init; }

    public string? Reason { get; init; }

    public required double SecondsWithoutPrice { get; init; }

    public DateTimeOffset? LastHeard { get; init; }

    public required long Connections { get; init; }

    public required long Garbage { get; init; }

    public required long HeldBack { get; init; }

    /// <summary>Connections that the feed has when all of them are open.</summary>
    public required int ExpectedConnections { get; init; }

    public required IReadOnlyList<string> Silent { get; init; }

    /// <summary>What is left out of the feed, and why.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    public required IReadOnlyList<InstrumentAnswer> Instruments { get; init; }

    public static FeedAnswer From(FeedState state, string kind)
    {
        var reading = state.Reading;
        return new FeedAnswer
        {
            Kind = kind,
            State = reading switch
            {
                { HeldBackSince: not null } => "held_back",
                { IsConnected: true } => "connected",
                { IsAnyConnected: true } => "partly_connected",
                _ => "disconnected",
            },
            Reason = reading.Reason,
            SecondsWithoutPrice = state.Silence.TotalSeconds,
            LastHeard = state.LastHeard,
            Connections = reading.Connections,
            Garbage = reading.Garbage,
            HeldBack = reading.HeldBack,
            ExpectedConnections = reading.Expected,
            Notices = [.. reading.Notices.Values],
            Silent = [.. reading.Silent.Select(static found => found.Symbol)],
            Instruments =
            [
                .. state.Instruments.OrderBy(static tally => tally.Symbol, StringComparer.Ordinal).Select(InstrumentAnswer.From),
            ],
        };
    }
}

/// <summary>What came of one instrument since the process started.</summary>
internal sealed record InstrumentAnswer
{
    public required string Symbol { get; init; }

    public required long Passed { get; init; }

    public required long Gaps { get; init; }

    public required long Missing { get; init; }

    public required long Lifted { get; init; }

    /// <summary>Times of the source that were refused.</summary>
    public required long Implausible { get; init; }

    /// <summary>How often its numbers began again.</summary>
    public required long Restarts { get; init; }

    /// <summary>Events by the reason for which they were dropped.</summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>Ticks by flag.</summary>
    public required IReadOnlyDictionary<string, long> Flagged { get; init; }

    public static InstrumentAnswer From(InstrumentTally tally) =>
        new()
        {
            Symbol = tally.Symbol,
            Passed = tally.Passed,
            Gaps = tally.Gaps,
            Missing = tally.Missing,
            Lifted = tally.Lifted,
            Implausible = tally.Implausible,
            Restarts = tally.Restarts,
            Dropped = tally.Dropped.ToDictionary(static pair => FeedNames.Of(pair.Key), static pair => pair.Value, StringComparer.Ordinal),
            Flagged = tally.Flagged.ToDictionary(static pair => FeedNames.Of(pair.Key), static pair => pair.Value, StringComparer.Ordinal),
        };
}
