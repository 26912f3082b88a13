using AITrader.Domain.Ticks;

namespace AITrader.Trading.Market;

/// <summary>One side of the top of the book, and how much of it we have taken.</summary>
/// <param name="Price">Best price; null where unknown.</param>
/// <param name="Size">Quantity shown; null where unknown, which caps nothing.</param>
/// <param name="Taken">What our orders took of it since price or size last changed.</param>
public readonly record struct Touch(decimal? Price, decimal? Size, decimal Taken)
{
    /// <summary>What is left for us; null where the size is unknown.</summary>
    public decimal? Available => Size is { } size ? Math.Max(0m, size - Taken) : null;

    /// <summary>The side after a tick that shows it: what we took is back only when price or size changed.</summary>
    public Touch Show(decimal price, decimal? size) => price == Price && size == Size ? this : new Touch(price, size, 0m);

    /// <summary>The side after we took a quantity.</summary>
    public Touch Take(decimal quantity) => this with { Taken = Taken + quantity };
}

/// <summary>What is known of one instrument's market.</summary>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best ask.</param>
/// <param name="QuotedAt">Event time of the newest tick that showed a bid or ask; null before the first.</param>
/// <param name="Mark">Price of the newest tick: the mark of a position.</param>
/// <param name="Newest">Event time of the newest tick.</param>
public sealed record MarketState(Touch Bid, Touch Ask, DateTimeOffset? QuotedAt, decimal? Mark, DateTimeOffset Newest)
{
    /// <summary>Nothing known.</summary>
    public static MarketState Empty { get; } = new(default, default, null, null, DateTimeOffset.MinValue);

    /// <summary>The state after a tick that is not older than the newest.</summary>
    public MarketState Apply(in Tick tick)
    {
        var quoted = tick.Bid is not null || tick.Ask is not null;
        return this with
        {
            Bid = tick.Bid is { } bid ? Bid.Show(bid, tick.BidSize) : Bid,
            Ask = tick.Ask is { } ask ? Ask.Show(ask, tick.AskSize) : Ask,
            QuotedAt = quoted ? tick.Timestamp : QuotedAt,
            Mark = tick.Price,
            Newest = tick.Timestamp,
        };
    }
}
