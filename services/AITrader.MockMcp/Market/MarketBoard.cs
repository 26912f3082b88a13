using AITrader.Venues.Kite.Ticker;

namespace AITrader.MockMcp.Market;

/// <summary>The published state of the market. One writer, any number of readers.</summary>
internal sealed class MarketBoard
{
    private readonly Lock _gate = new();
    private IReadOnlyDictionary<uint, BoardEntry> _entries = new Dictionary<uint, BoardEntry>();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The present state; immutable, replaced by the next one.</summary>
    public IReadOnlyDictionary<uint, BoardEntry> Entries => Volatile.Read(ref _entries);

    public long Steps { get; private set; }

    public MarketRegime Regime { get; private set; }

    public double? Correlation { get; private set; }

    /// <summary>Completes with the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    public BoardEntry? Find(string key) => Entries.Values.FirstOrDefault(entry => entry.Listing.Key == key);

    public void Show(MarketSimulator market, DateTimeOffset now)
    {
        var entries = market.Books.Select(book => Entry(book, now)).ToDictionary(static entry => entry.Snapshot.Token);
        foreach (var index in Listing.All.Where(static listing => listing.IsIndex))
        {
            entries[index.Token] = IndexEntry(index, market.Index(index), now);
        }

        TaskCompletionSource before;
        lock (_gate)
        {
            Volatile.Write(ref _entries, entries);
            Steps = market.Steps;
            Regime = market.Regime;
            Correlation = market.Correlation;
            (before, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        before.SetResult();
    }

    private BoardEntry Entry(SymbolBook book, DateTimeOffset now) =>
        new(
            book.Listing,
            book.LowerCircuit,
            book.UpperCircuit,
            book.Printed,
            new KiteSnapshot
            {
                Token = book.Listing.Token,
                LastPrice = book.Last,
                LastQuantity = book.LastQuantity,
                AveragePrice = book.Average,
                Volume = book.Volume,
                BuyQuantity = (uint)book.Bids.Sum(static level => level.Quantity),
                SellQuantity = (uint)book.Offers.Sum(static level => level.Quantity),
                Open = book.Open,
                High = book.High,
                Low = book.Low,
                Close = book.Close,
                LastTradeTime = book.HasTraded ? now : Entries.GetValueOrDefault(book.Listing.Token)?.Snapshot.LastTradeTime ?? now,
                ExchangeTime = now,
                Bids = book.Bids,
                Offers = book.Offers,
            }
        );

    private BoardEntry IndexEntry(Listing index, decimal price, DateTimeOffset now)
    {
        var before = Entries.GetValueOrDefault(index.Token)?.Snapshot;
        return new BoardEntry(
            index,
            0,
            0,
            null,
            new KiteSnapshot
            {
                Token = index.Token,
                LastPrice = price,
                Open = before?.Open ?? price,
                High = Math.Max(before?.High ?? price, price),
                Low = Math.Min(before?.Low ?? price, price),
                Close = index.BasePrice,
                ExchangeTime = now,
            }
        );
    }
}

/// <summary>The present state of one instrument.</summary>
internal sealed record BoardEntry(Listing Listing, decimal LowerCircuit, decimal UpperCircuit, Execution? Printed, KiteSnapshot Snapshot);
