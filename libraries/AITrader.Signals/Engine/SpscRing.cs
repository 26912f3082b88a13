using System.Numerics;
using System.Runtime.CompilerServices;

namespace AITrader.Signals.Engine;

/// <summary>A queue from one thread to one other, without locks: <see cref="TryWrite"/> for the producer, all else for the consumer.
/// Allocates in the constructor only.</summary>
/// <typeparam name="T">Items, copied by value; without references, as slots are not cleared.</typeparam>
public sealed class SpscRing<T>
    where T : struct
{
    private readonly T[] _slots;
    private readonly int _mask;
    private RingCursors _cursors;

    /// <summary>A ring of a power of two of slots.</summary>
    /// <exception cref="ArgumentException">The capacity is no power of two, or the items hold references.</exception>
    public SpscRing(int capacity)
    {
        if (!BitOperations.IsPow2(capacity) || RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            throw new ArgumentException(
                $"A ring has a power of two of slots, not {capacity}, and items without references.",
                nameof(capacity)
            );
        }

        _slots = new T[capacity];
        _mask = capacity - 1;
    }

    /// <summary>Maximum number of items.</summary>
    public int Capacity => _slots.Length;

    /// <summary>Items held; for other threads than the two, and for the two while the other works, a moment's look.</summary>
    public int Count => (int)(Volatile.Read(ref _cursors.Tail) - Volatile.Read(ref _cursors.Head));

    /// <summary>Whether nothing is held; see <see cref="Count"/>.</summary>
    public bool IsEmpty => Count == 0;

    internal ref readonly RingCursors Cursors => ref _cursors;

    /// <summary>Producer: appends an item, or says that the ring is full.</summary>
    public bool TryWrite(in T item)
    {
        var tail = _cursors.Tail;
        if (tail - _cursors.HeadSeen == _slots.Length && !SeesRoom(tail))
        {
            return false;
        }

        _slots[(int)tail & _mask] = item;

        // Release: the item before the position. Partner: SeesItems.
        Volatile.Write(ref _cursors.Tail, tail + 1);
        return true;
    }

    /// <summary>Consumer: takes the oldest item, or says that there is none.</summary>
    public bool TryRead(out T item)
    {
        var items = Peek();
        if (items.IsEmpty)
        {
            item = default;
            return false;
        }

        item = items[0];
        Advance(1);
        return true;
    }

    /// <summary>Consumer: items that wait, oldest first, up to the end of the array; they stay until <see cref="Advance"/>.</summary>
    public ReadOnlySpan<T> Peek()
    {
        var head = _cursors.Head;
        if (_cursors.TailSeen == head && !SeesItems(head))
        {
            return [];
        }

        var first = (int)head & _mask;
        return _slots.AsSpan(first, (int)Math.Min(_cursors.TailSeen - head, _slots.Length - first));
    }

    /// <summary>Consumer: gives back the slots of the oldest items, which must have been peeked at.</summary>
    public void Advance(int items)
    {
        var head = _cursors.Head + items;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(head, _cursors.TailSeen, nameof(items));

        // Release: all reads of the slots before they may be written again. Partner: SeesRoom.
        Volatile.Write(ref _cursors.Head, head);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SeesRoom(long tail)
    {
        _cursors.HeadSeen = Volatile.Read(ref _cursors.Head); // Acquire; partner: Advance.
        return tail - _cursors.HeadSeen < _slots.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SeesItems(long head)
    {
        _cursors.TailSeen = Volatile.Read(ref _cursors.Tail); // Acquire; partner: TryWrite.
        return _cursors.TailSeen != head;
    }
}
