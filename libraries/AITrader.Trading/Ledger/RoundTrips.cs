using AITrader.Domain.Orders;

namespace AITrader.Trading.Ledger;

/// <summary>The third view of the books: a trade from flat to flat, however many fills it took. One writer; not thread-safe.</summary>
/// <remarks>A fill that flips ends one round trip and begins the next; its fee is divided by quantity.</remarks>
public sealed class RoundTrips
{
    private readonly Dictionary<string, OpenRoundTrip> _open = new(StringComparer.Ordinal);
    private readonly List<ClosedTrade> _closed = [];

    /// <summary>Round trips in the order of their ends; quantity is all that was entered, prices are averages.</summary>
    public IReadOnlyList<ClosedTrade> Closed => _closed;

    /// <summary>Beginnings of those that are open.</summary>
    public IEnumerable<DateTimeOffset> OpenSince => _open.Values.Select(static trip => trip.EntryTime);

    /// <summary>Books a fill.</summary>
    public void Book(Fill fill)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fill.Quantity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fill.Price);
        var (left, fee) = (fill.SignedQuantity, fill.Fee);
        if (_open.TryGetValue(fill.Symbol, out var trip) && Flips(trip, left))
        {
            var share = OpenLot.Share(fee, -trip.Quantity, left);
            left += trip.Quantity;
            fee -= share;
            Add(trip, -trip.Quantity, fill.Price, share, fill.Timestamp);
        }

        Add(TripOf(fill), left, fill.Price, fee, fill.Timestamp);
    }

    /// <summary>Shows a price to what is open of a symbol, for its excursions.</summary>
    public void Mark(string symbol, decimal price)
    {
        if (_open.TryGetValue(symbol, out var trip))
        {
            trip.Mark(price);
        }
    }

    /// <summary>Books a split; what is left over is closed at the split's cash price.</summary>
    public void Split(StockSplit split)
    {
        split.Require();
        if (!_open.TryGetValue(split.Symbol, out var trip))
        {
            return;
        }

        var rest = split.Remainder(split.QuantityOf(trip.Quantity));
        trip.Split(split);
        if (rest is var (quantity, price))
        {
            Add(trip, -quantity, price, 0m, split.Time);
        }
    }

    private static bool Flips(OpenRoundTrip trip, decimal signed) =>
        Math.Sign(trip.Quantity) != Math.Sign(signed) && Math.Abs(signed) > Math.Abs(trip.Quantity);

    private void Add(OpenRoundTrip trip, decimal signed, decimal price, decimal fee, DateTimeOffset time)
    {
        trip.Add(signed, price, fee);
        if (trip.Quantity == 0m)
        {
            _closed.Add(trip.Close(time));
            _open.Remove(trip.Symbol);
        }
    }

    private OpenRoundTrip TripOf(Fill fill)
    {
        if (!_open.TryGetValue(fill.Symbol, out var trip))
        {
            _open[fill.Symbol] = trip = new OpenRoundTrip(fill.Symbol, fill.Side, fill.Timestamp);
        }

        return trip;
    }
}
