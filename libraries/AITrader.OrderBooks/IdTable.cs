using System.Numerics;

namespace AITrader.OrderBooks;

/// <summary>64-bit keys to numbers of 0 and above: open addressing, at most half full, no tombstones. For one thread.</summary>
/// <remarks>Allocates only where it outgrows its array, which then doubles.</remarks>
internal sealed class IdTable
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15; // 2^64 / phi: neighbouring ids land far apart
    private const int Smallest = 16;

    private Slot[] _slots;
    private int _shift;

    internal IdTable(int expected) => Resize((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Smallest, expected * 2L)));

    internal int Count { get; private set; }

    /// <summary>The key's number, or -1.</summary>
    internal int Find(long key)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var at = Home(key); ; at = (at + 1) & mask)
        {
            ref readonly var slot = ref slots[at & mask];
            if (slot.Key == key || slot.Stored == 0)
            {
                return slot.Stored - 1;
            }
        }
    }

    /// <summary>Adds a key that must not be there.</summary>
    internal void Add(long key, int number)
    {
        if ((Count + 1) * 2 > _slots.Length)
        {
            Grow();
        }

        Put(new Slot(key, number + 1));
        Count++;
    }

    /// <summary>Removes a key.</summary>
    /// <returns>Its number, or -1.</returns>
    internal int Remove(long key)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var at = Home(key);
        while (slots[at].Stored != 0 && slots[at].Key != key)
        {
            at = (at + 1) & mask;
        }

        var number = slots[at].Stored - 1;
        if (number >= 0)
        {
            Count--;
            Close(at);
        }

        return number;
    }

    internal void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    private int Home(long key) => (int)(((ulong)key * GoldenRatio) >> _shift);

    /// <summary>Moves those that were pushed past a place back to it, so that every key is found again without a gap.</summary>
    private void Close(int hole)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var at = (hole + 1) & mask; slots[at].Stored != 0; at = (at + 1) & mask)
        {
            var distance = (at - Home(slots[at].Key)) & mask;
            if (distance >= ((at - hole) & mask))
            {
                slots[hole] = slots[at];
                hole = at;
            }
        }

        slots[hole] = default;
    }

    private void Put(Slot slot)
    {
        var mask = _slots.Length - 1;
        var at = Home(slot.Key);
        while (_slots[at].Stored != 0)
        {
            at = (at + 1) & mask;
        }

        _slots[at] = slot;
    }

    private void Grow()
    {
        var old = _slots;
        Resize(old.Length * 2);
        foreach (ref readonly var slot in old.AsSpan())
        {
            if (slot.Stored != 0)
            {
                Put(slot);
            }
        }
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_slots))]
    private void Resize(int length)
    {
        _slots = new Slot[length];
        _shift = 64 - BitOperations.Log2((uint)length);
    }

    /// <param name="Key">The key.</param>
    /// <param name="Stored">The number and one; 0 in an empty slot.</param>
    private readonly record struct Slot(long Key, int Stored);
}
