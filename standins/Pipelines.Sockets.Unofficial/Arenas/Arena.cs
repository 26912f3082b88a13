namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Bump allocator for one single-threaded parser.</summary>
/// <remarks>
/// Every allocation is one contiguous slice of a garbage-collected array, never of a pooled one: a late reader can never
/// see memory that was handed to somebody else.
/// </remarks>
public sealed class Arena<T> : IDisposable
{
    private const int SmallBlock = 1024;
    private const int LargestGuess = 1 << 16;
    private const long KeepBigMilliseconds = 10_000;

    private T[] _block = [];
    private int _used;
    private int _want = SmallBlock;

    // Elements used in blocks left behind since the last reset.
    private int _spilled;

    // When an oversized block last earned its keep.
    private long _bigUsedAt;

    public Arena(ArenaOptions? options = null, Allocator<T>? allocator = null)
    {
        if (allocator is not null)
        {
            throw new NotSupportedException("Custom allocators are not supported.");
        }
    }

    /// <summary>A slice that is valid until the next reset.</summary>
    public Sequence<T> Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0)
        {
            return default;
        }

        if (length > _block.Length - _used)
        {
            _spilled += _used;
            _block = new T[Math.Max(length, Math.Max(_want, Math.Min(_spilled, LargestGuess)))];
            _used = 0;
        }

        var slice = new Sequence<T>(_block, _used, length);
        _used += length;
        return slice;
    }

    /// <summary>Invalidates everything allocated so far and drops what used slots refer to.</summary>
    public void Reset()
    {
        var total = _spilled + _used;
        if (_spilled == 0)
        {
            Array.Clear(_block, 0, _used);
        }
        else
        {
            // Next time one block will do.
            _want = Math.Max(_want, total);
            _block = [];
        }

        if (_want > SmallBlock)
        {
            Reconsider(total);
        }

        _used = _spilled = 0;
    }

    /// <summary>Nothing to release. The owning reader may still be parsing, so state must not be touched.</summary>
    public void Dispose()
    {
    }

    // One large answer must not hold its memory for ever.
    private void Reconsider(int total)
    {
        var now = Environment.TickCount64;
        if (total >= _want / 4)
        {
            _bigUsedAt = now;
        }
        else if (now - _bigUsedAt > KeepBigMilliseconds)
        {
            _want = SmallBlock;
            _block = [];
        }
    }
}
