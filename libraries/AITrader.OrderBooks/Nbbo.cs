using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;

namespace AITrader.OrderBooks;

/// <summary>Best bid and offer of one symbol across venues, by event time. For one thread.</summary>
/// <remarks>
/// A venue that has not quoted for longer than the limit is stale and does not count until it quotes again; the best is found anew at the
/// very moment it becomes so. What counts is
/// the best price; of the venues at it, the one with most quantity, then the one that came to its present quote first. Rules:
/// docs/formulas.md, section "Books".
/// </remarks>
public sealed class Nbbo
{
    private const long Never = long.MaxValue;

    private readonly VenueState[] _venues;
    private readonly long _staleAfterMicros;
    private long _now = long.MinValue;

    /// <summary>Knows no quote yet.</summary>
    /// <param name="venues">How many venues there are; they are numbered from 0.</param>
    /// <param name="staleAfterMicros">Microseconds without a quote after which a venue is stale, above 0.</param>
    public Nbbo(int venues, long staleAfterMicros)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(venues);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(staleAfterMicros);
        _venues = new VenueState[venues];
        _staleAfterMicros = staleAfterMicros;
    }

    /// <summary>Best bid; null where no live venue buys.</summary>
    public NbboSide? Bid { get; private set; }

    /// <summary>Best offer; null where no live venue sells.</summary>
    public NbboSide? Ask { get; private set; }

    /// <summary>How the best bid and the best offer lie to each other, also of two venues.</summary>
    public BookCondition Condition { get; private set; }

    /// <summary>Event time since which the condition has been what it is, microseconds since 1970 UTC; null before the first
    /// quote.</summary>
    public long? ConditionSinceMicros { get; private set; }

    /// <summary>Venues that count.</summary>
    public int LiveVenues { get; private set; }

    /// <summary>Whether a venue counts: it has quoted, and not too long ago.</summary>
    public bool IsLive(int venue) => _venues[venue].IsLive;

    /// <summary>Takes a venue's present best bid and ask; a quantity of 0 says that the side is empty.</summary>
    /// <param name="venue">Number of the venue.</param>
    /// <param name="bid">Its best bid.</param>
    /// <param name="ask">Its best ask.</param>
    /// <param name="timeMicros">Event time; one before the last is taken as the last.</param>
    public void Update(int venue, BookLevel bid, BookLevel ask, long timeMicros)
    {
        Pass(timeMicros);
        ref var state = ref _venues[venue];
        if (!state.IsLive || state.Bid != bid || state.Ask != ask)
        {
            state.Since = _now;
        }

        (state.Bid, state.Ask, state.IsLive, state.StaleAt) = (bid, ask, true, AddTo(_now, _staleAfterMicros));
        Find();
    }

    /// <summary>Takes a venue out until it quotes again, as when its feed says that it is out of step.</summary>
    public void Exclude(int venue, long timeMicros)
    {
        Pass(timeMicros);
        _venues[venue].IsLive = false;
        Find();
    }

    /// <summary>Lets event time pass: venues that became stale meanwhile leave, each at its own moment.</summary>
    public void Advance(long timeMicros)
    {
        Pass(timeMicros);
        Find();
    }

    private static long AddTo(long time, long span) => time > Never - span ? Never : time + span;

    private static BookCondition ConditionOf(NbboSide? bid, NbboSide? ask)
    {
        if (bid is not { } buyer || ask is not { } seller)
        {
            return BookCondition.OneSided;
        }

        return buyer.Price < seller.Price ? BookCondition.Open
            : buyer.Price == seller.Price ? BookCondition.Locked
            : BookCondition.Crossed;
    }

    // What is due at the very moment of a quote leaves with it: one moment has one best.
    private void Pass(long timeMicros)
    {
        for (var due = NextStale(); due < timeMicros; due = NextStale())
        {
            _now = Math.Max(_now, due);
            Expire(due);
            Find();
        }

        _now = Math.Max(_now, timeMicros);
        Expire(_now);
    }

    private long NextStale()
    {
        var next = Never;
        foreach (ref readonly var state in _venues.AsSpan())
        {
            next = state.IsLive ? Math.Min(next, state.StaleAt) : next;
        }

        return next;
    }

    private void Expire(long due)
    {
        foreach (ref var state in _venues.AsSpan())
        {
            state.IsLive &= state.StaleAt > due;
        }
    }

    private void Find()
    {
        var (bid, ask, live) = (default(NbboSide?), default(NbboSide?), 0);
        for (var venue = 0; venue < _venues.Length; venue++)
        {
            if (_venues[venue].IsLive)
            {
                live++;
                bid = Better(bid, venue, _venues[venue].Bid, 1);
                ask = Better(ask, venue, _venues[venue].Ask, -1);
            }
        }

        (Bid, Ask, LiveVenues) = (bid, ask, live);
        var condition = ConditionOf(bid, ask);
        if (condition != Condition || ConditionSinceMicros is null)
        {
            (Condition, ConditionSinceMicros) = (condition, _now);
        }
    }

    private NbboSide? Better(NbboSide? best, int venue, BookLevel level, int direction)
    {
        if (level.Size.Raw <= 0)
        {
            return best;
        }

        var order = best is { } known ? level.Price.CompareTo(known.Price) * direction : 1;
        if (order != 0 || best is not { } other)
        {
            return order > 0 ? new NbboSide(level.Price, level.Size, venue, level.Size, 1) : best;
        }

        // The sum saturates: a market that large is no market.
        var total = Quantity.FromRaw(AddTo(other.TotalSize.Raw, level.Size.Raw));
        var isFirst = level.Size.Raw > other.Size.Raw || (level.Size == other.Size && _venues[venue].Since < _venues[other.Venue].Since);
        return isFirst
            ? new NbboSide(level.Price, level.Size, venue, total, other.VenuesAtPrice + 1)
            : other with
            {
                TotalSize = total,
                VenuesAtPrice = other.VenuesAtPrice + 1,
            };
    }

    private struct VenueState
    {
        internal BookLevel Bid;
        internal BookLevel Ask;
        internal long Since; // when it came to its present quote
        internal long StaleAt;
        internal bool IsLive;
    }
}

/// <summary>One side of the best bid and offer across venues.</summary>
/// <param name="Price">Best price.</param>
/// <param name="Size">Quantity of the venue that is first at it.</param>
/// <param name="Venue">Number of that venue.</param>
/// <param name="TotalSize">Quantity of all venues at the price.</param>
/// <param name="VenuesAtPrice">How many venues are at the price.</param>
public readonly record struct NbboSide(Price Price, Quantity Size, int Venue, Quantity TotalSize, int VenuesAtPrice);
