using AITrader.Contracts.Codecs;
using AITrader.Domain.Ticks;
using AITrader.Storage.Ticks;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Backend.Ticks;

/// <summary>A stored tick.</summary>
public sealed record TickResponse(
    string Symbol,
    DateTimeOffset Timestamp,
    string Kind,
    decimal Price,
    decimal Volume,
    decimal? Bid,
    decimal? BidSize,
    decimal? Ask,
    decimal? AskSize,
    string Source,
    string Run,
    long Seq,
    IReadOnlyList<string> Flags,
    DateTimeOffset? Received,
    long? TradeId
)
{
    internal static TickResponse From(Tick tick) =>
        new(
            tick.Symbol,
            tick.Timestamp,
            NameOf(tick.Kind),
            tick.Price,
            tick.Volume,
            tick.Bid,
            tick.BidSize,
            tick.Ask,
            tick.AskSize,
            tick.Source,
            tick.Run,
            tick.Seq,
            TickFlagCodec.Of(tick.Flags),
            tick.ReceivedAt,
            tick.TradeId
        );

    internal static string NameOf(TickKind kind) => kind == TickKind.Trade ? "trade" : "quote";
}

/// <summary>What is there, and what seems to be missing.</summary>
/// <param name="Run">Recording that was looked at: a replay run, empty for live; null where there are no ticks at all.</param>
/// <param name="ThresholdSeconds">Pauses longer than this count.</param>
/// <param name="Days">Day by day.</param>
public sealed record TickGapsResponse(string? Run, double ThresholdSeconds, IReadOnlyList<TickDay> Days);

/// <summary>Which ticks, as the query says it.</summary>
internal sealed record TickFilter
{
    /// <summary>Instruments; may be repeated.</summary>
    [FromQuery(Name = "symbol")]
    public string[] Symbols { get; init; } = [];

    /// <summary>First moment, included: ISO 8601, UTC where no offset is given.</summary>
    public string? From { get; init; }

    /// <summary>Last moment, not included.</summary>
    public string? To { get; init; }

    /// <summary>Replay run that stored them; empty for live; absent for live or else the newest run.</summary>
    public string? Run { get; init; }
}
