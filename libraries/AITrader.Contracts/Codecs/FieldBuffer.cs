using System.Globalization;
using System.Text;

namespace AITrader.Contracts.Codecs;

/// <summary>Collects the fields of entries as UTF-8 in one growing block. One caller at a time.</summary>
/// <remarks>Slices that were handed out stay valid when the block grows, and until <see cref="Clear"/>.</remarks>
public sealed class FieldBuffer
{
    private const int GuidLength = 36;
    private const int NumberLength = 40;
    private const int LargestBlock = 64 * 1024;

    private byte[] _bytes;
    private int _used;
    private Slot[] _slots = new Slot[32];
    private int _count;

    /// <summary>A buffer with room for so many bytes before it grows.</summary>
    public FieldBuffer(int capacity = 512) => _bytes = new byte[capacity];

    /// <summary>Fields since the last <see cref="NextEntry"/>.</summary>
    public int Count => _count;

    /// <summary>Name of a field.</summary>
    public FieldName NameAt(int index) => _slots[index].Name;

    /// <summary>Value of a field.</summary>
    public ReadOnlyMemory<byte> ValueAt(int index) => _slots[index].Block.AsMemory(_slots[index].Start, _slots[index].Length);

    /// <summary>Forgets the fields but keeps their bytes, so that slices of them stay valid.</summary>
    public void NextEntry() => _count = 0;

    /// <summary>Forgets fields and bytes: slices handed out so far will be overwritten.</summary>
    public void Clear()
    {
        _count = 0;
        _used = 0;
    }

    /// <summary>Appends text.</summary>
    public void Add(FieldName name, string value)
    {
        var room = Room(Encoding.UTF8.GetMaxByteCount(value.Length));
        Commit(name, Encoding.UTF8.GetBytes(value, room));
    }

    /// <summary>Appends text where there is any.</summary>
    public void AddIfAny(FieldName name, string value)
    {
        if (value.Length > 0)
        {
            Add(name, value);
        }
    }

    /// <summary>Appends bytes that are UTF-8 already.</summary>
    public void Add(FieldName name, ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        Commit(name, utf8.Length);
    }

    /// <summary>Appends a number.</summary>
    public void Add(FieldName name, decimal value)
    {
        value.TryFormat(Room(NumberLength), out var written, default, CultureInfo.InvariantCulture);
        Commit(name, written);
    }

    /// <summary>Appends a number where there is one.</summary>
    public void AddIfAny(FieldName name, decimal? value)
    {
        if (value is { } present)
        {
            Add(name, present);
        }
    }

    /// <summary>Appends a number so that it reads back exactly.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public void Add(FieldName name, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"field '{name}' is not a finite number", nameof(value));
        }

        value.TryFormat(Room(NumberLength), out var written, default, CultureInfo.InvariantCulture);
        Commit(name, written);
    }

    /// <summary>Appends a number.</summary>
    public void Add(FieldName name, long value)
    {
        value.TryFormat(Room(NumberLength), out var written, default, CultureInfo.InvariantCulture);
        Commit(name, written);
    }

    /// <summary>Appends an id.</summary>
    public void Add(FieldName name, Guid value)
    {
        value.TryFormat(Room(GuidLength), out var written);
        Commit(name, written);
    }

    /// <summary>Appends an instant in UTC, cut to whole microseconds: <c>2024-08-08T23:54:15.030314Z</c>.</summary>
    public void Add(FieldName name, DateTimeOffset value) => Commit(name, WireTime.Format(value, Room(WireTime.Length)));

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _used < length)
        {
            // A new block instead of a larger copy: slices of the old one stay what they were.
            _bytes = new byte[Math.Max(Math.Min(_bytes.Length * 2, LargestBlock), length)];
            _used = 0;
        }

        return _bytes.AsSpan(_used);
    }

    private void Commit(FieldName name, int length)
    {
        if (_count == _slots.Length)
        {
            Array.Resize(ref _slots, _slots.Length * 2);
        }

        _slots[_count++] = new Slot(name, _bytes, _used, length);
        _used += length;
    }

    private readonly record struct Slot(FieldName Name, byte[] Block, int Start, int Length);
}
