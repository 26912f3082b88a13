using AITrader.Domain.Quotes;

namespace AITrader.OrderBooks;

/// <summary>What became of a diff.</summary>
public enum DiffOutcome
{
    /// <summary>The book has it.</summary>
    Applied,

    /// <summary>Kept until a snapshot comes.</summary>
    Buffered,

    /// <summary>Ignored: the book, or the buffer, is already past it.</summary>
    Stale,

    /// <summary>Diffs before it are missing: the book is empty and waits for a snapshot, and this diff is the first in the
    /// buffer.</summary>
    Gap,
}

/// <summary>What became of a snapshot.</summary>
public enum SnapshotOutcome
{
    /// <summary>The book is synchronised, the buffered diffs included.</summary>
    Loaded,

    /// <summary>Refused: diffs between it and the buffered ones are missing, so a newer one is needed.</summary>
    TooOld,

    /// <summary>Refused: the book is synchronised and already past it.</summary>
    Stale,
}

/// <summary>Keeps a book exact from diffs and snapshots by Binance's rules for spot, USDT-M and COIN-M. For one thread.</summary>
/// <remarks>
/// Diffs are buffered until a snapshot is loaded; those with u at or below its lastUpdateId are dropped and the first of the rest must
/// reach back to it. A diff
/// that does not follow the one before is a gap: the book is cleared, and the builder waits for a snapshot that joins what came after the
/// gap. So is a run of diffs that follow each other below
/// the newest id: the venue began its ids again, and what comes would be called stale for ever.
/// A snapshot has a limit of levels; what lies behind its last one is not known until it changes. So the book is exact down to there only:
/// <see cref="CopyBids"/> and <see cref="CopyAsks"/>
/// go no further, <see cref="IsThin"/> says when it is time for another snapshot, <see cref="IsHollow"/> when it is too late.
/// Sources: "How to manage a local order book correctly" in Binance's spot, USDT-M and COIN-M documentation; docs/formulas.md, section
/// "Books".
/// </remarks>
public sealed class BookBuilder
{
    private const int LowerRun = 3;

    // A snapshot may be ahead of the stream: until a diff has joined it, a run of older ones is what is to be expected.
    private const int LowerRunBeforeJoin = 1_000;

    private readonly DiffBuffer _buffer;
    private readonly KnownDepth _bids;
    private readonly KnownDepth _asks;
    private bool _joined; // a diff came after the snapshot
    private bool _keepsDiffs; // the book is synchronised, and yet another snapshot is awaited
    private long? _newest; // last update id of the book, or of the buffer
    private long? _lowerLast; // last update id of the stale diff before
    private int _lower; // stale diffs that follow each other

    /// <summary>Makes an empty builder.</summary>
    /// <param name="maxBufferedLevels">Levels that wait for a snapshot at most; a fuller buffer is thrown away, which counts as a gap while
    /// there is no book.</param>
    public BookBuilder(int maxBufferedLevels = 1 << 20) =>
        (_buffer, _bids, _asks) = (new DiffBuffer(maxBufferedLevels), new KnownDepth(Book.Bids), new KnownDepth(Book.Asks));

    /// <summary>The book; empty while it is not synchronised. Only the builder changes it.</summary>
    /// <remarks>Behind the last level of the snapshot it has what has changed since, with holes between.</remarks>
    public LevelBook Book { get; } = new();

    /// <summary>Whether the book is that of the venue at <see cref="LastUpdateId"/>, as deep as its snapshot.</summary>
    public bool IsSynchronised { get; private set; }

    /// <summary>Whether a side has lost all levels of the snapshot, so that its best one is not known. A side that the venue has not
    /// either is not hollow, but empty.</summary>
    public bool IsHollow => _bids.IsHollow || _asks.IsHollow;

    /// <summary>Whether a side has lost more than half of the levels of the snapshot: another snapshot is needed before the book is
    /// hollow.</summary>
    public bool IsThin => _bids.IsThin || _asks.IsThin;

    /// <summary>Update id that the book has reached; null while it is not synchronised.</summary>
    public long? LastUpdateId => IsSynchronised ? _newest : null;

    /// <summary>Diffs that wait for a snapshot.</summary>
    public int Buffered => _buffer.Count;

    /// <summary>Diffs applied.</summary>
    public long Applied { get; private set; }

    /// <summary>Diffs ignored or dropped from the buffer because the book was past them.</summary>
    public long Stale { get; private set; }

    /// <summary>Places where diffs were missing.</summary>
    public long Gaps { get; private set; }

    /// <summary>Snapshots loaded.</summary>
    public long SnapshotsLoaded { get; private set; }

    /// <summary>Snapshots refused.</summary>
    public long SnapshotsRefused { get; private set; }

    /// <summary>Takes the next diff of the stream.</summary>
    public DiffOutcome Apply(UpdateIds ids, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        if (ids.Last <= _newest && !BeginsAgain(ids))
        {
            Stale++;
            return DiffOutcome.Stale;
        }

        if (ids.Last <= _newest || !Follows(ids))
        {
            return StartAnew(ids, bids, asks);
        }

        _lowerLast = null;

        if (!IsSynchronised)
        {
            if (!_buffer.TryAdd(ids, bids, asks))
            {
                return StartAnew(ids, bids, asks);
            }

            _newest = ids.Last;
            return DiffOutcome.Buffered;
        }

        Keep(ids, bids, asks);
        Take(ids, bids, asks);
        Applied++;
        return DiffOutcome.Applied;
    }

    /// <summary>Takes a snapshot of the whole book, or of its best levels.</summary>
    /// <param name="lastUpdateId">Update id that it holds the state of.</param>
    /// <param name="bids">Buyers, in any order.</param>
    /// <param name="asks">Sellers, in any order.</param>
    /// <param name="limit">
    /// Most levels a side that were asked for: a side with fewer is whole, and of levels beyond it the venue tells no more. Null where that
    /// is not known: then only a side with fewer
    /// levels than the other is whole.
    /// </param>
    public SnapshotOutcome Load(long lastUpdateId, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, int? limit = null)
    {
        if (lastUpdateId < LastUpdateId && Buffered == 0)
        {
            SnapshotsRefused++;
            return SnapshotOutcome.Stale;
        }

        var first = 0;
        while (first < _buffer.Count && _buffer[first].Last <= lastUpdateId)
        {
            first++;
        }

        if (first < _buffer.Count && !_buffer[first].JoinsSnapshot(lastUpdateId))
        {
            SnapshotsRefused++;
            return SnapshotOutcome.TooOld;
        }

        CountBuffered(first);
        Book.Load(bids, asks);
        Seed(limit);
        (IsSynchronised, _joined, _keepsDiffs, _newest) = (true, false, false, lastUpdateId);
        SnapshotsLoaded++;
        TakeBuffered(first);
        return SnapshotOutcome.Loaded;
    }

    /// <summary>Keeps the diffs from here on besides applying them, so that a snapshot that is older than the book when it comes can be
    /// joined all the same.</summary>
    public void AwaitSnapshot() => _keepsDiffs = IsSynchronised;

    /// <summary>Copies the best bids, best first, as far as none is missing between them.</summary>
    /// <returns>Levels copied.</returns>
    public int CopyBids(Span<BookLevel> target) => _bids.CopyTo(target);

    /// <summary>Copies the best asks, best first, as far as none is missing between them.</summary>
    /// <returns>Levels copied.</returns>
    public int CopyAsks(Span<BookLevel> target) => _asks.CopyTo(target);

    /// <summary>Forgets book and buffer, as after a new connection; the counts stay.</summary>
    public void Reset()
    {
        (IsSynchronised, _joined, _keepsDiffs, _newest, _lowerLast) = (false, false, false, null, null);
        _buffer.Clear();
        Book.Clear();
        _bids.Clear();
        _asks.Clear();
    }

    private bool BeginsAgain(UpdateIds ids)
    {
        var follows = _lowerLast is { } last && (ids.Previous is { } previous ? previous == last : ids.First == last + 1);
        (_lower, _lowerLast) = (follows ? _lower + 1 : 1, ids.Last);
        return _lower >= (IsSynchronised && !_joined ? LowerRunBeforeJoin : LowerRun);
    }

    private bool Follows(UpdateIds ids)
    {
        if (_newest is not { } newest)
        {
            return true;
        }

        return IsSynchronised && !_joined ? ids.JoinsSnapshot(newest) : ids.FollowsDiff(newest);
    }

    private DiffOutcome StartAnew(UpdateIds ids, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        Reset();
        _buffer.TryAdd(ids, bids, asks);
        _newest = ids.Last;
        Gaps++;
        return DiffOutcome.Gap;
    }

    private void Keep(UpdateIds ids, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        if (_keepsDiffs && !_buffer.TryAdd(ids, bids, asks))
        {
            _buffer.Clear(); // The book goes on; only a snapshot that is newer than what was thrown away will do now.
            _buffer.TryAdd(ids, bids, asks);
        }
    }

    private void Seed(int? limit)
    {
        var largest = Math.Max(Book.Bids.Count, Book.Asks.Count);
        _bids.Seed(limit, largest);
        _asks.Seed(limit, largest);
    }

    // Those that were kept beside a book have been counted when they were applied.
    private void CountBuffered(int stale)
    {
        if (!IsSynchronised)
        {
            Stale += stale;
            Applied += _buffer.Count - stale;
        }
    }

    private void TakeBuffered(int first)
    {
        for (var i = first; i < _buffer.Count; i++)
        {
            Take(_buffer[i], _buffer.Bids(i), _buffer.Asks(i));
        }

        _buffer.Clear();
    }

    private void Take(UpdateIds ids, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        Book.Apply(bids, asks);
        _bids.Trim();
        _asks.Trim();
        (_joined, _newest) = (true, ids.Last);
    }
}
