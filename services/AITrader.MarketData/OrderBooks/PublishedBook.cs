using AITrader.Domain.Quotes;
using AITrader.OrderBooks;

namespace AITrader.MarketData.OrderBooks;

/// <summary>The book of one symbol, and what has been said of it. Its publisher guards it.</summary>
internal sealed class PublishedBook(string symbol)
{
    public const string Synchronising = "synchronising";
    public const string Live = "live";
    public const string Stale = "stale";
    public const string OneSided = "one_sided";
    public const string Crossed = "crossed";

    private readonly BookBuilder _builder = new();
    private bool _isKeptHollow;

    public string Symbol => symbol;

    /// <summary>Where it trades.</summary>
    public string Venue { get; private set; } = string.Empty;

    /// <summary>Whether more is known of it than the best bid and ask.</summary>
    public bool HasDepth { get; private set; }

    /// <summary>Event time of the last news, microseconds.</summary>
    public long TimeMicros { get; private set; }

    /// <summary>Timestamp of the last news.</summary>
    public long Heard { get; private set; }

    /// <summary>The levels that were read last.</summary>
    public LevelBook Top { get; } = new();

    /// <summary>Update id that the book has reached; 0 where the venue numbers nothing.</summary>
    public long UpdateId => HasUpdateIds ? _builder.LastUpdateId ?? 0 : 0;

    /// <summary>Whether there was news since it was published.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The state that was published last.</summary>
    public string? Said { get; set; }

    private bool HasUpdateIds { get; set; }

    private LevelBook Book => _builder.Book;

    public string State(bool isSilent) =>
        (_builder.IsSynchronised && !_builder.IsHollow && !_isKeptHollow, isSilent, Book.Condition) switch
        {
            (false, _, _) => Synchronising,
            (_, true, _) => Stale,
            (_, _, BookCondition.OneSided) => OneSided,
            (_, _, BookCondition.Crossed) => Crossed,
            _ => Live,
        };

    /// <summary>Reads the best levels into <see cref="Top"/>; none of a side whose best is not known.</summary>
    public void ReadTop(Span<BookLevel> bids, Span<BookLevel> asks) =>
        Top.Load(
            bids[..(_builder.CopyBids(bids) > 0 ? Book.Bids.CopyTo(bids) : 0)],
            asks[..(_builder.CopyAsks(asks) > 0 ? Book.Asks.CopyTo(asks) : 0)]
        );

    public DiffOutcome Apply(UpdateIds ids, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        if (!HasUpdateIds)
        {
            _builder.Reset(); // What came without ids cannot be joined by what has them.
        }

        (HasDepth, HasUpdateIds, _isKeptHollow) = (true, true, false);
        return _builder.Apply(ids, bids, asks);
    }

    public SnapshotOutcome Load(long lastUpdateId, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        if (!HasUpdateIds)
        {
            _builder.Reset();
        }

        (HasDepth, HasUpdateIds, _isKeptHollow) = (true, true, false);
        return _builder.Load(lastUpdateId, bids, asks);
    }

    /// <summary>Takes the state of a book that is kept elsewhere, and as many levels of it as are to be seen.</summary>
    public void Show(BookBuilder kept, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        (HasDepth, HasUpdateIds, _isKeptHollow) = (true, true, kept.IsHollow);
        _builder.Reset();
        if (kept.LastUpdateId is { } id)
        {
            _builder.Load(id, bids, asks);
        }
    }

    /// <summary>Takes the whole book of a venue that numbers nothing.</summary>
    public void Replace(bool hasDepth, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        if (HasUpdateIds)
        {
            _builder.Reset();
        }

        (HasDepth, HasUpdateIds, _isKeptHollow) = (hasDepth, false, false);
        _builder.Load(0, bids, asks);
    }

    /// <summary>Forgets the levels, as after a new connection.</summary>
    public void Reset()
    {
        _builder.Reset();
        IsChanged = true;
    }

    public void Hear(string venue, long timeMicros, long now) => (Venue, TimeMicros, Heard, IsChanged) = (venue, timeMicros, now, true);
}
