namespace AITrader.Signals.Engine;

/// <summary>Keeps objects for another use, and counts those that are out. For one thread at a time.</summary>
public sealed class CountedPool<T>(Func<T> create)
    where T : class
{
    private readonly Stack<T> _idle = new();
    private long _inUse;

    /// <summary>Objects out of the pool: 0 whenever nothing is under way, or there is a leak. Any thread may look.</summary>
    public long InUse => Volatile.Read(ref _inUse);

    /// <summary>Objects ever made.</summary>
    public int Created { get; private set; }

    /// <summary>An object as its last user left it.</summary>
    public T Rent()
    {
        Volatile.Write(ref _inUse, _inUse + 1);
        if (_idle.TryPop(out var item))
        {
            return item;
        }

        Created++;
        return create();
    }

    /// <summary>Gives an object back.</summary>
    /// <exception cref="InvalidOperationException">More came back than went out.</exception>
    public void Return(T item)
    {
        Discard();
        _idle.Push(item);
    }

    /// <summary>Lets an object go that was rented and must not be used again.</summary>
    /// <exception cref="InvalidOperationException">More came back than went out.</exception>
    public void Discard()
    {
        if (_inUse == 0)
        {
            throw new InvalidOperationException("Something was returned that was not rented.");
        }

        Volatile.Write(ref _inUse, _inUse - 1);
    }
}
