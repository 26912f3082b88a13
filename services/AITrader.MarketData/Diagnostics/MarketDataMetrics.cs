using System.Diagnostics.Metrics;

namespace AITrader.MarketData.Diagnostics;

/// <summary>What the service counts, but for its live feed.</summary>
internal sealed class MarketDataMetrics
{
    public const string Name = "AITrader.MarketData";

    private static readonly double[] LatenessBounds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 100, 1000];

    private readonly Counter<long> _published;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _books;
    private readonly Histogram<double> _lateness;

    public MarketDataMetrics(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns the meters it makes.
        var meter = meters.Create(Name);
#pragma warning restore CA2000
        _published = meter.CreateCounter<long>("aitrader.marketdata.ticks_published", "{tick}", "Ticks published, by source.");
        _stored = meter.CreateCounter<long>("aitrader.marketdata.ticks_stored", "{tick}", "Ticks stored for the first time.");
        _books = meter.CreateCounter<long>("aitrader.marketdata.books_published", "{book}", "Readings of books published.");
        _lateness = meter.CreateHistogram(
            "aitrader.marketdata.replay_lateness",
            "ms",
            "How long after they were due ticks of a paced replay were handed to the bus.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LatenessBounds }
        );
    }

    public void Published(long ticks, string source) => _published.Add(ticks, new KeyValuePair<string, object?>("source", source));

    public void Stored(long ticks) => _stored.Add(ticks);

    public void Late(TimeSpan late) => _lateness.Record(Math.Max(0, late.TotalMilliseconds));

    public void BooksPublished(long books) => _books.Add(books);
}
