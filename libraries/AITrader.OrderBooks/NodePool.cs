namespace AITrader.OrderBooks;

/// <summary>Values in one array, rented by index and used again. For one thread.</summary>
/// <remarks>Allocates only where more are rented than ever before; a rented value is what its last user left.</remarks>
internal sealed class NodePool<T>(int expected)
    where T : struct
{
    private const int Smallest = 16;

    private T[] _nodes = new T[Math.Max(Smallest, expected)];
    private int[] _free = new int[Math.Max(Smallest, expected)];
    private int _freeCount;
    private int _touched;

    /// <summary>Values that are rented now.</summary>
    internal int Rented => _touched - _freeCount;

    internal ref T this[int index] => ref _nodes[index];

    internal int Rent()
    {
        if (_freeCount > 0)
        {
            return _free[--_freeCount];
        }

        if (_touched == _nodes.Length)
        {
            Array.Resize(ref _nodes, _touched * 2);
            Array.Resize(ref _free, _touched * 2);
        }

        return _touched++;
    }

    internal void Return(int index) => _free[_freeCount++] = index;

    /// <summary>Takes everything back.</summary>
    internal void Clear() => (_freeCount, _touched) = (0, 0);
}
