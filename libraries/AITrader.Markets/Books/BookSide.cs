namespace AITrader.Markets.Books;

/// <summary>One side of a book in two flat arrays, the best level last: most changes lie near it and move few elements. For one thread.</summary>
/// <remarks>Allocates only where a side outgrows its arrays, which then double.</remarks>
public sealed class BookSide
{
    private const int FirstCapacity = 1024;

    private readonly long _flip; // an ask's key is the complement of its price, so that on both sides the greatest key is the best
    private long[] _keys = new long[FirstCapacity];
    private long[] _sizes = new long[FirstCapacity];

    private BookSide(long flip) => _flip = flip;

    /// <summary>Levels on this side.</summary>
    public int Count { get; private set; }

    /// <summary>The level at a depth; 0 is the best.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The side has no such level.</exception>
    public BookLevel this[int depth]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)depth, (uint)Count, nameof(depth));
            var at = Count - 1 - depth;
            return new BookLevel(Price.FromNanos(_keys[at] ^ _flip), Quantity.FromRaw(_sizes[at]));
        }
    }

    /// <summary>Quantity at a price; zero where there is no such level.</summary>
    public Quantity SizeAt(Price price)
    {
        var key = price.Nanos ^ _flip;
        var at = Find(key);
        return Quantity.FromRaw(at < Count && _keys[at] == key ? _sizes[at] : 0);
    }

    /// <summary>Copies the best levels, best first, as many as there are and fit.</summary>
    /// <returns>Levels copied.</returns>
    public int CopyTo(Span<BookLevel> target)
    {
        var copied = Math.Min(target.Length, Count);
        for (var depth = 0; depth < copied; depth++)
        {
            target[depth] = this[depth];
        }

        return copied;
    }

    /// <summary>Sets the whole quantity at a price; zero removes the level, and removing what is not there is no error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is negative.</exception>
    public void Set(Price price, Quantity size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size.Raw, nameof(size));
        var key = price.Nanos ^ _flip;
        var at = Find(key);
        var known = at < Count && _keys[at] == key;
        if (size.Raw == 0)
        {
            if (known)
            {
                RemoveAt(at);
            }
        }
        else if (known)
        {
            _sizes[at] = size.Raw;
        }
        else
        {
            InsertAt(at, key, size.Raw);
        }
    }

    /// <summary>Removes every level.</summary>
    public void Clear() => Count = 0;

    internal static BookSide OfBids() => new(0);

    internal static BookSide OfAsks() => new(-1);

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
        var total = Int128.Zero;
        for (var at = Count - 1; at >= Math.Max(0, Count - depth); at--)
        {
            total += _sizes[at];
        }

        return total;
    }

    /// <summary>First index whose key is not below the wanted one: strides of 1, 2, 4 … away from the best, then halving.</summary>
    private int Find(long key)
    {
        var keys = _keys.AsSpan(0, Count);
        var high = keys.Length;
        var low = high - 1;
        for (var stride = 1; (uint)low < (uint)keys.Length && keys[low] >= key; stride <<= 1)
        {
            high = low;
            low -= stride;
        }

        low = Math.Max(low, -1);
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            if (keys[middle] < key)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    private void InsertAt(int at, long key, long size)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
            Array.Resize(ref _sizes, Count * 2);
        }

        var above = Count - at;
        _keys.AsSpan(at, above).CopyTo(_keys.AsSpan(at + 1));
        _sizes.AsSpan(at, above).CopyTo(_sizes.AsSpan(at + 1));
        _keys[at] = key;
        _sizes[at] = size;
        Count++;
    }

    private void RemoveAt(int at)
    {
        Count--;
        var above = Count - at;
        _keys.AsSpan(at + 1, above).CopyTo(_keys.AsSpan(at));
        _sizes.AsSpan(at + 1, above).CopyTo(_sizes.AsSpan(at));
    }
}
