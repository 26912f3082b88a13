using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;

namespace AITrader.OrderBooks;

/// <summary>How the best bid and the best ask lie to each other.</summary>
public enum BookCondition
{
    /// <summary>A side is empty.</summary>
    OneSided,

    /// <summary>The best bid is below the best ask.</summary>
    Open,

    /// <summary>The best bid equals the best ask.</summary>
    Locked,

    /// <summary>The best bid is above the best ask.</summary>
    Crossed,
}

/// <summary>An order book by price level (L2). Formulas: docs/formulas.md, section "Books". For one thread.</summary>
/// <remarks>Holds the levels as they are given: a crossed state is reported by <see cref="Condition"/>, never repaired.</remarks>
public sealed class LevelBook
{
    /// <summary>Buyers.</summary>
    public BookSide Bids { get; } = BookSide.OfBids();

    /// <summary>Sellers.</summary>
    public BookSide Asks { get; } = BookSide.OfAsks();

    /// <summary>Best bid; null where nobody buys.</summary>
    public BookLevel? BestBid => Bids.Count > 0 ? Bids[0] : null;

    /// <summary>Best ask; null where nobody sells.</summary>
    public BookLevel? BestAsk => Asks.Count > 0 ? Asks[0] : null;

    /// <summary>Open, locked, crossed or one-sided.</summary>
    public BookCondition Condition
    {
        get
        {
            if (Bids.Count == 0 || Asks.Count == 0)
            {
                return BookCondition.OneSided;
            }

            return Bids[0].Price.CompareTo(Asks[0].Price) switch
            {
                < 0 => BookCondition.Open,
                0 => BookCondition.Locked,
                _ => BookCondition.Crossed,
            };
        }
    }

    /// <summary>Best ask minus best bid, below zero in a crossed book; null in a one-sided one.</summary>
    public Price? Spread => Bids.Count > 0 && Asks.Count > 0 ? Price.FromNanos(Asks[0].Price.Nanos - Bids[0].Price.Nanos) : null;

    /// <summary>Half way between the best bid and the best ask; null in a one-sided book.</summary>
    public Price? Mid => Bids.Count > 0 && Asks.Count > 0 ? Price.Mid(Bids[0].Price, Asks[0].Price) : null;

    /// <summary>The mid drawn towards the side with less quantity, in units of quote currency; null in a one-sided book.</summary>
    public double? MicroPrice
    {
        get
        {
            if (Bids.Count == 0 || Asks.Count == 0)
            {
                return null;
            }

            var (bid, ask) = (Bids[0], Asks[0]);
            var bidSize = bid.Size.ToDouble();
            var (low, high) = (bid.Price.ToDouble(), ask.Price.ToDouble());
            return low + ((high - low) * (bidSize / (bidSize + ask.Size.ToDouble())));
        }
    }

    /// <summary>Share of bids less share of asks among the best levels of each side, from -1 (only asks) to 1; null in an empty
    /// book.</summary>
    /// <param name="depth">Levels of each side, 1 or more.</param>
    public double? Imbalance(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        var (bids, asks) = (Bids.Total(depth), Asks.Total(depth));
        return bids + asks == 0 ? null : (double)(bids - asks) / (double)(bids + asks);
    }

    /// <summary>FNV-1a (64 bits) of the best levels of both sides: equal books have equal sums.</summary>
    /// <param name="depth">Levels of each side that count.</param>
    public ulong Checksum(int depth = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        return Hash(Hash(Fnv1a.Start, Bids, depth), Asks, depth);
    }

    /// <summary>Takes one diff: whole quantities by level, in order, where 0 removes the level.</summary>
    public void Apply(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        Bids.SetAll(bids);
        Asks.SetAll(asks);
    }

    /// <summary>Replaces the whole book.</summary>
    public void Load(ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        Clear();
        Apply(bids, asks);
    }

    /// <summary>Removes every level.</summary>
    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
    }

    private static ulong Hash(ulong hash, BookSide side, int depth)
    {
        var left = Math.Min(side.Count, depth);
        hash = Fnv1a.Add(hash, left);
        foreach (var level in side)
        {
            if (left-- == 0)
            {
                break;
            }

            hash = Fnv1a.Add(Fnv1a.Add(hash, level.Price.Nanos), level.Size.Raw);
        }

        return hash;
    }
}
