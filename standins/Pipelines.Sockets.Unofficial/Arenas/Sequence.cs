namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>The untyped form of <see cref="Sequence{T}"/>, so that a T can hold a sequence of T.</summary>
public readonly struct Sequence
{
    private readonly object? _array;
    private readonly int _offset;
    private readonly int _length;

    internal Sequence(object? array, int offset, int length) => (_array, _offset, _length) = (array, offset, length);

    /// <summary>How many elements.</summary>
    public long Length => _length;

    /// <summary>Back to what it was.</summary>
    public Sequence<T> Cast<T>() => new((T[]?)_array, _offset, _length);
}

/// <summary>A slice of an arena.</summary>
public readonly struct Sequence<T>
{
    private readonly T[]? _array;
    private readonly int _offset;
    private readonly int _length;

    internal Sequence(T[]? array, int offset, int length) => (_array, _offset, _length) = (array, offset, length);

    /// <summary>How many elements.</summary>
    public long Length => _length;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Always, in this arena.</summary>
    public bool IsSingleSegment => true;

    /// <summary>All of it.</summary>
    public Span<T> FirstSpan => new(_array, _offset, _length);

    /// <summary>Its parts: one, or none.</summary>
    public SpanEnumerable Spans => new(this);

    /// <summary>An element, by reference.</summary>
    public ref T this[int index] => ref FirstSpan[index];

    /// <summary>Walks it by reference.</summary>
    public Enumerator GetEnumerator() => new(FirstSpan);

    /// <summary>Forgets the type.</summary>
    public Sequence Untyped() => new(_array, _offset, _length);

    /// <summary>Walks elements by reference.</summary>
    public ref struct Enumerator
    {
        private readonly Span<T> _span;
        private int _index;

        internal Enumerator(Span<T> span)
        {
            _span = span;
            _index = -1;
        }

        public readonly ref T Current => ref _span[_index];

        public bool MoveNext() => ++_index < _span.Length;

        /// <summary>Moves and gives the element; throws when there is none.</summary>
        public ref T GetNext() => ref _span[++_index];
    }

    /// <summary>The parts of a sequence.</summary>
    public readonly ref struct SpanEnumerable
    {
        private readonly Sequence<T> _sequence;

        internal SpanEnumerable(Sequence<T> sequence) => _sequence = sequence;

        public SpanEnumerator GetEnumerator() => new(_sequence.FirstSpan);
    }

    /// <summary>Walks the parts of a sequence.</summary>
    public ref struct SpanEnumerator
    {
        private readonly Span<T> _span;
        private bool _hasMoved;

        internal SpanEnumerator(Span<T> span)
        {
            _span = span;
            _hasMoved = false;
        }

        public readonly Span<T> Current => _span;

        public bool MoveNext()
        {
            var isFirst = !_hasMoved && !_span.IsEmpty;
            _hasMoved = true;
            return isFirst;
        }
    }
}
