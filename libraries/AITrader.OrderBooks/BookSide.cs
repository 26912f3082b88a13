using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;

namespace AITrader.OrderBooks;

/// <summary>One side of a book: price levels, best first. For one thread.</summary>
/// <remarks>Allocates only where a side outgrows what it held before.</remarks>
public sealed class BookSide
{
    private readonly LevelBlocks _levels = new();
    private readonly long _flip; // an ask's key is the complement of its price, so that on both sides the greatest key is the best

    private BookSide(long flip) => _flip = flip;

    /// <summary>Levels on this side.</summary>
    public int Count => _levels.Count;

    /// <summary>The level at a depth; 0 is the best.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The side has no such level.</exception>
    public BookLevel this[int depth]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)depth, (uint)Count, nameof(depth));
            if (depth == 0)
            {
                return Level(_levels.Last);
            }

            var cursor = _levels.BestFirst();
            cursor.Skip(depth);
            cursor.MoveNext();
            return Level(cursor.Current);
        }
    }

    /// <summary>Quantity at a price; zero where there is no such level.</summary>
    public Quantity SizeAt(Price price) => Quantity.FromRaw(_levels.SizeOf(price.Nanos ^ _flip));

    /// <summary>Copies the best levels, best first, as many as there are and fit.</summary>
    /// <returns>Levels copied.</returns>
    public int CopyTo(Span<BookLevel> target)
    {
        var cursor = _levels.BestFirst();
        var copied = 0;
        while (copied < target.Length && cursor.MoveNext())
        {
            target[copied++] = Level(cursor.Current);
        }

        return copied;
    }

    /// <summary>Sets the whole quantity at a price; zero removes the level, and removing what is not there is no error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is negative.</exception>
    public void Set(Price price, Quantity size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size.Raw, nameof(size));
        _levels.Set(price.Nanos ^ _flip, size.Raw);
    }

    /// <summary>The same where the level is likely to lie where it lay, as <see cref="LevelBlocks.Set(long, long, int)"/> says.</summary>
    internal int Set(Price price, Quantity size, int lay) => _levels.Set(price.Nanos ^ _flip, size.Raw, lay);

    /// <summary>Removes every level.</summary>
    public void Clear() => _levels.Clear();

    /// <summary>From the best level to the worst; the side must not be changed meanwhile.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>The worst level, of at least one.</summary>
    internal BookLevel Worst => Level(_levels.First);

    internal static BookSide OfBids() => new(0);

    internal static BookSide OfAsks() => new(-1);

    /// <summary>Whether a price is worse than another.</summary>
    internal bool IsBehind(Price price, Price other) => (price.Nanos ^ _flip) < (other.Nanos ^ _flip);

    internal void SetAll(ReadOnlySpan<BookLevel> levels)
    {
        foreach (ref readonly var level in levels)
        {
            Set(level.Price, level.Size);
        }
    }

    /// <summary>Exact sum of the best quantities.</summary>
    internal Int128 Total(int depth)
    {
        var cursor = _levels.BestFirst();
        var total = Int128.Zero;
        for (var i = 0; i < depth && cursor.MoveNext(); i++)
        {
            total += cursor.Current.Size;
        }

        return total;
    }

    private BookLevel Level((long Key, long Size) level) => new(Price.FromNanos(level.Key ^ _flip), Quantity.FromRaw(level.Size));

    /// <summary>Goes through the levels of a side.</summary>
    public struct Enumerator
    {
        private readonly BookSide _side;
        private LevelBlocks.Cursor _cursor;

        internal Enumerator(BookSide side)
        {
            _side = side;
            _cursor = side._levels.BestFirst();
        }

        /// <summary>The level.</summary>
        public readonly BookLevel Current => _side.Level(_cursor.Current);

        /// <summary>Goes to the next level.</summary>
        public bool MoveNext() => _cursor.MoveNext();
    }
}
