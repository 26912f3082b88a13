using System.Diagnostics.CodeAnalysis;
using AITrader.Domain.Quotes;
using AITrader.OrderBooks;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.OrderBooks;

/// <summary>
/// The books of all symbols as their feeds tell them, and what is to be published of them: of each symbol the newest reading only, however
/// much came since the last one.
/// Safe from any thread; whoever brings news never waits for Redis.
/// </summary>
/// <remarks>
/// A feed of diffs calls <see cref="Apply"/> and <see cref="Load"/>, and asks for a new snapshot when it is told of a gap; one that keeps
/// its books itself calls <see cref="Show"/>, a feed of
/// whole books <see cref="Replace"/>; one that knows the best bid and ask only calls <see cref="Quote"/>, which does not disturb a book
/// with depth that is fresh. A broken connection calls <see cref="Reset"/>.
/// </remarks>
internal sealed class BookPublisher(IOptions<BookOptions> options, TimeProvider time) : IOrderBookSink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PublishedBook> _books = new(StringComparer.Ordinal);
    private readonly BookLevel[] _bids = new BookLevel[options.Value.Depth];
    private readonly BookLevel[] _asks = new BookLevel[options.Value.Depth];

    /// <summary>Takes the next diff of a symbol.</summary>
    public DiffOutcome Apply(
        string symbol,
        string venue,
        UpdateIds ids,
        ReadOnlySpan<BookLevel> bids,
        ReadOnlySpan<BookLevel> asks,
        long timeMicros
    )
    {
        lock (_gate)
        {
            var book = Book(symbol);
            var outcome = book.Apply(ids, bids, asks);
            if (outcome != DiffOutcome.Stale)
            {
                book.Hear(venue, timeMicros, time.GetTimestamp());
            }

            return outcome;
        }
    }

    /// <summary>Takes a snapshot of a symbol whose feed sends diffs.</summary>
    public SnapshotOutcome Load(
        string symbol,
        string venue,
        long lastUpdateId,
        ReadOnlySpan<BookLevel> bids,
        ReadOnlySpan<BookLevel> asks,
        long timeMicros
    )
    {
        lock (_gate)
        {
            var book = Book(symbol);
            var outcome = book.Load(lastUpdateId, bids, asks);
            if (outcome == SnapshotOutcome.Loaded)
            {
                book.Hear(venue, timeMicros, time.GetTimestamp());
            }

            return outcome;
        }
    }

    /// <summary>Takes the whole book of a symbol, as far as the venue tells it.</summary>
    public void Replace(string symbol, string venue, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks, long timeMicros)
    {
        lock (_gate)
        {
            var book = Book(symbol);
            book.Replace(hasDepth: true, bids, asks);
            book.Hear(venue, timeMicros, time.GetTimestamp());
        }
    }

    /// <summary>Takes the best levels of a book that its feed keeps itself.</summary>
    public void Show(string symbol, string venue, BookBuilder kept, long timeMicros)
    {
        lock (_gate)
        {
            var book = Book(symbol);
            book.Show(kept, _bids.AsSpan(0, kept.CopyBids(_bids)), _asks.AsSpan(0, kept.CopyAsks(_asks)));
            book.Hear(venue, timeMicros, time.GetTimestamp());
        }
    }

    /// <summary>Takes the best bid and ask of a symbol; ignored while its book has depth and is fresh.</summary>
    public void Quote(string symbol, string venue, BookLevel bid, BookLevel ask, long timeMicros)
    {
        lock (_gate)
        {
            var book = Book(symbol);
            if (book.HasDepth && !IsSilent(book))
            {
                return;
            }

            book.Replace(hasDepth: false, [bid], [ask]);
            book.Hear(venue, timeMicros, time.GetTimestamp());
        }
    }

    /// <summary>Forgets the levels of a symbol until its feed brings them anew.</summary>
    public void Reset(string symbol)
    {
        lock (_gate)
        {
            if (_books.TryGetValue(symbol, out var book))
            {
                book.Reset();
            }
        }
    }

    /// <summary>The best levels of a symbol as they are now, as JSON.</summary>
    public bool TryRead(string symbol, [NotNullWhen(true)] out string? json)
    {
        lock (_gate)
        {
            json = _books.TryGetValue(symbol, out var book) ? Write(book) : null;
            return json is not null;
        }
    }

    /// <summary>Readings of what has changed since the last call; falling silent is a change too.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> TakeChanges()
    {
        var changes = new List<KeyValuePair<string, string>>();
        lock (_gate)
        {
            foreach (var book in _books.Values)
            {
                if (book.IsChanged || book.Said != book.State(IsSilent(book)))
                {
                    changes.Add(new(book.Symbol, Write(book)));
                    book.Said = book.State(IsSilent(book));
                    book.IsChanged = false;
                }
            }
        }

        return changes;
    }

    private bool IsSilent(PublishedBook book) => time.GetElapsedTime(book.Heard) >= options.Value.StaleAfter;

    private string Write(PublishedBook book)
    {
        book.ReadTop(_bids, _asks);
        return BookJson.Write(book, book.State(IsSilent(book)));
    }

    private PublishedBook Book(string symbol)
    {
        if (!_books.TryGetValue(symbol, out var book))
        {
            book = new PublishedBook(symbol);
            _books.Add(symbol, book);
        }

        return book;
    }
}
