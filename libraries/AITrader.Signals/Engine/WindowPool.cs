namespace AITrader.Signals.Engine;

/// <summary>Buffers for windows of prices that one thread fills and hands to another, which gives them back. Allocates in the constructor
/// only; counts its rents.</summary>
public sealed class WindowPool
{
    private readonly double[][] _windows;
    private readonly SpscRing<int> _free;
    private long _rented;
    private long _returned;

    /// <summary>So many windows, a power of two, of so many prices.</summary>
    public WindowPool(int windows, int length)
    {
        _free = new SpscRing<int>(windows);
        _windows = new double[windows][];
        for (var i = 0; i < windows; i++)
        {
            _windows[i] = new double[length];
            _free.TryWrite(i);
        }
    }

    /// <summary>Windows out of the pool: 0 whenever nothing is under way, or there is a leak.</summary>
    public long InUse => Volatile.Read(ref _rented) - Volatile.Read(ref _returned);

    /// <summary>Renter: a window, or none while all are out.</summary>
    public bool TryRent(out int window)
    {
        var isRented = _free.TryRead(out window);
        Volatile.Write(ref _rented, _rented + (isRented ? 1 : 0));
        return isRented;
    }

    /// <summary>The prices of a rented window.</summary>
    public Span<double> this[int window] => _windows[window];

    /// <summary>Returner: gives a window back.</summary>
    /// <exception cref="InvalidOperationException">More came back than went out.</exception>
    public void Return(int window)
    {
        if (InUse == 0 || !_free.TryWrite(window))
        {
            throw new InvalidOperationException("A window was returned that was not rented.");
        }

        Volatile.Write(ref _returned, _returned + 1);
    }
}
