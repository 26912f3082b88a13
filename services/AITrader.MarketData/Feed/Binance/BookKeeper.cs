using AITrader.MarketData.Books;
using AITrader.MarketData.Diagnostics;
using AITrader.Markets;
using AITrader.Markets.Books;
using AITrader.Markets.Formats;

namespace AITrader.MarketData.Feed.Binance;

/// <summary>Keeps the book of every symbol exact: asks for a snapshot when it has none or after a gap, while diffs go on being buffered. One caller at a time.</summary>
internal sealed class BookKeeper(BinanceRest rest, BookPublisher shown, MarketDataMetrics metrics, TimeProvider time)
{
    private const string Name = "binance snapshot";
    private const string Venue = "binance";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly BinanceStreamDecoder _snapshots = new(new SymbolTable(), isSpot: false, Name);
    private readonly Dictionary<int, Entry> _entries = [];
    private bool _isAnyOpen;

    /// <summary>The builder of a symbol's book; null before the first message.</summary>
    public BookBuilder? Find(int symbol) => _entries.GetValueOrDefault(symbol)?.Builder;

    /// <summary>Makes a symbol known.</summary>
    public void Define(int symbol, string name, string venueName) => _entries.TryAdd(symbol, new Entry(name, venueName, new Backoff(FirstPause, LongestPause, symbol)));

    /// <summary>A new line: what comes does not follow what was there.</summary>
    public void StartLine()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Builder.Reset();
            shown.Reset(entry.Name);
        }
    }

    /// <summary>Takes the next diff of a symbol.</summary>
    public void Apply(DepthMessage message, CancellationToken ct)
    {
        var entry = _entries[message.Symbol];
        if (entry.Builder.Apply(message.Ids, message.Bids, message.Asks) == DiffOutcome.Gap)
        {
            metrics.FeedGap(BinanceFeed.Source);
        }

        entry.Micros = message.TimeMicros;
        shown.Show(entry.Name, Venue, entry.Builder, entry.Micros);
        _isAnyOpen |= !entry.Builder.IsSynchronised;
        AskWhereNeeded(entry, ct);
    }

    /// <summary>Loads the snapshots that have come and asks for those that are needed still.</summary>
    public void Settle(CancellationToken ct)
    {
        if (!_isAnyOpen)
        {
            return;
        }

        _isAnyOpen = false;
        foreach (var entry in _entries.Values)
        {
            if (entry.Asked is { IsCompleted: true } answer)
            {
                entry.Asked = null;
                Load(entry, answer);
            }

            AskWhereNeeded(entry, ct);
            _isAnyOpen |= entry.Builder.Buffered > 0 || entry.Asked is not null;
        }
    }

    private void Load(Entry entry, Task<byte[]?> answer)
    {
        // A venue that refuses, or bans, is asked ever more rarely.
        entry.AskAgain = time.GetUtcNow() + entry.Pauses.Next();
        if (!answer.IsCompletedSuccessfully || answer.Result is not { } json)
        {
            return;
        }

        try
        {
            _snapshots.DecodeSnapshot(json);
            if (entry.Builder.Load(_snapshots.Depth.Ids.Last, _snapshots.Depth.Bids, _snapshots.Depth.Asks) == SnapshotOutcome.Loaded)
            {
                entry.Pauses.Reset();
            }

            shown.Show(entry.Name, Venue, entry.Builder, entry.Micros);
        }
        catch (MarketDataException)
        {
            metrics.FeedGarbage(BinanceFeed.Source);
        }
    }

    private void AskWhereNeeded(Entry entry, CancellationToken ct)
    {
        if (entry.Builder.Buffered == 0 || entry.Asked is not null || time.GetUtcNow() < entry.AskAgain)
        {
            return;
        }

        // Asked for after the first diff came, it cannot be older than what is buffered, except where the venue answers from a cache: then it is asked for again.
        entry.Asked = rest.SnapshotAsync(entry.VenueName, ct);
    }

    private sealed class Entry(string name, string venueName, Backoff pauses)
    {
        public Backoff Pauses => pauses;

        public string Name => name;

        /// <summary>Event time of the last diff.</summary>
        public long Micros { get; set; }

        public string VenueName => venueName;

        public BookBuilder Builder { get; } = new();

        public Task<byte[]?>? Asked { get; set; }

        public DateTimeOffset AskAgain { get; set; }
    }
}
