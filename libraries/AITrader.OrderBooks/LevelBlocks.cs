using System.Runtime.CompilerServices;

namespace AITrader.OrderBooks;

/// <summary>Keys in order with their sizes, in blocks of 64: a change moves the keys of one block, however far from the best it lies. For
/// one thread.</summary>
/// <remarks>A full block is split in halves, a nearly empty one joins a neighbour. Allocates only where more blocks are in use than ever
/// before.</remarks>
internal sealed partial class LevelBlocks
{
    private const int Capacity = SortedKeys.Block;
    private const int Sparse = 16; // fewer keys than this, and the block looks for a neighbour
    private const int Roomy = 48; // most keys of two that join: the next insert shall not split them again

    private readonly Stack<int> _free = new();
    private long[] _keys = NewKeys(Capacity);
    private long[] _sizes = new long[Capacity];
    private long[] _floors = NewKeys(SortedKeys.Stride); // by place: no key of the block is below it, all keys of the blocks before are
    private Block[] _blocks = new Block[SortedKeys.Stride]; // by place: the block with the lowest keys first
    private int _places;
    private int _hint; // the place found last: venues send the levels of a diff in the order of their prices
    private int _made;

    internal LevelBlocks() => Clear();

    /// <summary>Keys held.</summary>
    internal int Count { get; private set; }

    /// <summary>The highest key and its size, of at least one.</summary>
    internal (long Key, long Size) Last
    {
        get
        {
            var at = End(_places - 1) - 1;
            return (_keys[at], _sizes[at]);
        }
    }

    /// <summary>The lowest key and its size, of at least one.</summary>
    internal (long Key, long Size) First => (_keys[_blocks[0].Start], _sizes[_blocks[0].Start]);

    /// <summary>Size of a key; 0 where it is not there.</summary>
    internal long SizeOf(long key)
    {
        ref readonly var block = ref _blocks[PlaceOf(key)];
        var at = block.Start + IndexIn(block, key);
        return at < block.Start + block.Count && _keys[at] == key ? _sizes[at] : 0;
    }

    /// <summary>Sets the size of a key that is likely to lie where it lay; 0 removes it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="size">Its size.</param>
    /// <param name="lay">What this method returned for the key the last time.</param>
    /// <returns>Where it lies now; 0 when it is removed.</returns>
    internal int Set(long key, long size, int lay)
    {
        // A key lies at one place only, and whatever is unused holds the filler: what is found there is the key itself.
        if (size != 0 && key != SortedKeys.Filler && (uint)lay < (uint)_keys.Length && _keys[lay] == key)
        {
            _sizes[lay] = size;
            return lay;
        }

        return Set(key, size);
    }

    /// <summary>Sets the size of a key; 0 removes it.</summary>
    /// <returns>Where it lies then; 0 when it is removed.</returns>
    internal int Set(long key, long size)
    {
        var place = PlaceOf(key);
        ref var block = ref _blocks[place];
        var index = IndexIn(block, key);
        var at = block.Start + index;
        var isKnown = index < block.Count && _keys[at] == key;
        if (size == 0)
        {
            if (isKnown)
            {
                Remove(place, index);
            }

            return 0;
        }

        if (!isKnown)
        {
            return Insert(place, index, key, size);
        }

        _sizes[at] = size;
        return at;
    }

    internal void Clear()
    {
        _keys.AsSpan().Fill(SortedKeys.Filler);
        _floors.AsSpan().Fill(SortedKeys.Filler);
        _free.Clear();
        (_places, _made, Count) = (1, 1, 0);
        _blocks[0] = default;
        _floors[0] = long.MinValue;
    }

    /// <summary>From the highest key down.</summary>
    internal Cursor BestFirst() => new(this);

    private int PlaceOf(long key)
    {
        // Behind the last place are fillers, at least one, so that the hint may lie there too.
        if (_floors[_hint] <= key && key < _floors[_hint + 1])
        {
            return _hint;
        }

        var last = _places - 1;
        if (_floors[last] > key)
        {
            last = SortedKeys.CountBelow(_floors, last, key);
            last -= _floors[last] == key ? 0 : 1;
        }

        return _hint = last;
    }

    private int IndexIn(in Block block, long key) => SortedKeys.CountBelowInBlock(ref _keys[block.Start], key);

    private int End(int place) => _blocks[place].Start + _blocks[place].Count;

    private int Insert(int place, int index, long key, long size)
    {
        if (_blocks[place].Count == Capacity)
        {
            (place, index) = Split(place, index);
        }

        ref var block = ref _blocks[place];
        SortedKeys.ShiftUp(ref _keys[block.Start], ref _sizes[block.Start], index, block.Count);
        (_keys[block.Start + index], _sizes[block.Start + index]) = (key, size);
        block.Count++;
        Count++;
        return block.Start + index;
    }

    private void Remove(int place, int index)
    {
        ref var block = ref _blocks[place];
        SortedKeys.ShiftDown(ref _keys[block.Start], ref _sizes[block.Start], index, block.Count);
        block.Count--;
        _keys[block.Start + block.Count] = SortedKeys.Filler;
        Count--;
        if (block.Count < Sparse)
        {
            Join(place);
        }
    }

    /// <summary>Moves the upper half of a full block into a new one behind it.</summary>
    /// <returns>Where the index lies then.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (int Place, int Index) Split(int place, int index)
    {
        const int Half = Capacity / 2;
        var start = NewBlock();
        var old = _blocks[place].Start;
        Move(old + Half, start, Capacity - Half);
        _blocks[place].Count = Half;
        MakePlace(place + 1);
        _blocks[place + 1] = new Block { Start = start, Count = Capacity - Half };
        _floors[place + 1] = _keys[start];
        return index <= Half ? (place, index) : (place + 1, index - Half);
    }

    /// <summary>An empty block always joins: only an empty side has one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Join(int place)
    {
        var count = _blocks[place].Count;
        var roomy = count == 0 ? Capacity : Roomy;
        if (place + 1 < _places && count + _blocks[place + 1].Count <= roomy)
        {
            Take(place, place + 1);
        }
        else if (place > 0 && _blocks[place - 1].Count + count <= roomy)
        {
            Take(place - 1, place);
        }
    }

    private void Take(int place, int next)
    {
        var count = _blocks[next].Count;
        Move(_blocks[next].Start, End(place), count);
        _blocks[place].Count += count;
        _free.Push(_blocks[next].Start);
        var behind = _places - next - 1;
        _blocks.AsSpan(next + 1, behind).CopyTo(_blocks.AsSpan(next));
        _floors.AsSpan(next + 1, behind).CopyTo(_floors.AsSpan(next));
        _places--;
        _floors[_places] = SortedKeys.Filler;
    }

    private void Move(int from, int to, int count)
    {
        _keys.AsSpan(from, count).CopyTo(_keys.AsSpan(to));
        _sizes.AsSpan(from, count).CopyTo(_sizes.AsSpan(to));
        _keys.AsSpan(from, count).Fill(SortedKeys.Filler);
    }

    private void MakePlace(int place)
    {
        if (_places + 1 == _blocks.Length)
        {
            Array.Resize(ref _blocks, _blocks.Length * 2);
            Array.Resize(ref _floors, _floors.Length * 2);
            _floors.AsSpan(_places).Fill(SortedKeys.Filler);
        }

        var behind = _places - place;
        _blocks.AsSpan(place, behind).CopyTo(_blocks.AsSpan(place + 1));
        _floors.AsSpan(place, behind).CopyTo(_floors.AsSpan(place + 1));
        _places++;
    }

    private int NewBlock()
    {
        if (_free.TryPop(out var start))
        {
            return start;
        }

        start = _made++ * Capacity;
        if (start == _keys.Length)
        {
            Array.Resize(ref _keys, start * 2);
            Array.Resize(ref _sizes, start * 2);
            _keys.AsSpan(start).Fill(SortedKeys.Filler);
        }

        return start;
    }

    private static long[] NewKeys(int length)
    {
        var keys = new long[length];
        Array.Fill(keys, SortedKeys.Filler);
        return keys;
    }

    private struct Block
    {
        internal int Start;
        internal int Count;
    }
}
