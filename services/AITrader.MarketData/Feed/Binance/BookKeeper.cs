using AITrader.Domain.Instruments;
using AITrader.Formats.Binance;
using AITrader.Formats.Reading;
using AITrader.MarketData.Diagnostics;
using AITrader.MarketData.OrderBooks;
using AITrader.OrderBooks;

namespace AITrader.MarketData.Feed.Binance;

/// <summary>
/// Keeps the book of every symbol exact: asks for a snapshot when it has none, after a gap, and when the price has used up half of the
/// levels of the last one, while diffs go on being kept.
/// One caller at a time.
/// </summary>
internal sealed class BookKeeper(
    BinanceRest rest,
    BinanceVenue venue,
    BookPublisher shown,
    MarketDataMetrics metrics,
    TimeProvider time,
    ILogger<BookKeeper> logger
)
{
    /// <summary>Whole books that are asked for at a time: they weigh most of all, and missed trades must not wait behind them.</summary>
    public const int MostAsked = 2;

    private const string Name = "binance snapshot";
    private const string Venue = "binance";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly BinanceStreamDecoder _snapshots = new(new SymbolTable(), isSpot: false, Name);
    private readonly Dictionary<int, Entry> _entries = [];
    private bool _isAnyOpen;
    private bool _isPaceTold;
    private int _asked;

    /// <summary>The builder of a symbol's book; null before the first message.</summary>
    public BookBuilder? Find(int symbol) => _entries.GetValueOrDefault(symbol)?.Builder;

    /// <summary>Makes a symbol known.</summary>
    public void Define(int symbol, string name, string venueName) =>
        _entries.TryAdd(symbol, new Entry(name, venueName, new Backoff(FirstPause, LongestPause, symbol)));

    /// <summary>A new line of these: what comes does not follow what was there.</summary>
    public void StartLine(IEnumerable<int> symbols)
    {
        foreach (var entry in symbols.Select(symbol => _entries[symbol]))
        {
            entry.Builder.Reset();
            shown.Reset(entry.Name);
        }
    }

    /// <summary>Takes the next diff of a symbol. A stale one is no news: a book of which nothing else comes is not fresh.</summary>
    public DiffOutcome Apply(DepthMessage message, CancellationToken ct)
    {
        var entry = _entries[message.Symbol];
        var outcome = entry.Builder.Apply(message.Ids, message.Bids, message.Asks);
        if (outcome == DiffOutcome.Stale)
        {
            return outcome;
        }

        if (outcome == DiffOutcome.Gap)
        {
            metrics.FeedGap(BinanceFeed.Source);
        }

        if (entry.Builder.IsThin)
        {
            entry.Builder.AwaitSnapshot();
        }

        entry.Micros = message.TimeMicros;
        shown.Show(entry.Name, Venue, entry.Builder, entry.Micros);
        _isAnyOpen |= entry.Builder.Buffered > 0;
        AskWhereNeeded(entry, ct);
        return outcome;
    }

    /// <summary>Loads the snapshots that have come and asks for those that are needed still.</summary>
    public void Settle(CancellationToken ct)
    {
        if (!_isAnyOpen)
        {
            return;
        }

        _isAnyOpen = false;
        var waiting = 0;
        foreach (var entry in _entries.Values)
        {
            if (entry.Asked is { IsCompleted: true } answer)
            {
                entry.Asked = null;
                _asked--;
                Load(entry, answer);
            }

            AskWhereNeeded(entry, ct);
            waiting += entry.Asked is null && entry.Builder.Buffered > 0 ? 1 : 0;
            _isAnyOpen |= entry.Builder.Buffered > 0 || entry.Asked is not null;
        }

        TellPace(waiting);
    }

    private void TellPace(int waiting)
    {
        if (waiting > MostAsked && !_isPaceTold)
        {
            logger.BooksPaced(waiting + _asked, MostAsked, rest.WeightPerMinute);
        }

        _isPaceTold = _isAnyOpen && (_isPaceTold || waiting > MostAsked);
    }

    private void Load(Entry entry, Task<byte[]?> answer)
    {
        // A venue that refuses, or bans, is asked ever more rarely.
        entry.Pause(time.GetTimestamp());
        if (!answer.IsCompletedSuccessfully || answer.Result is not { } json)
        {
            return;
        }

        try
        {
            _snapshots.DecodeSnapshot(json);
            if (
                entry.Builder.Load(_snapshots.Depth.Ids.Last, _snapshots.Depth.Bids, _snapshots.Depth.Asks, venue.SnapshotLimit)
                == SnapshotOutcome.Loaded
            )
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
        if (entry.Builder.Buffered == 0 || entry.Asked is not null || _asked == MostAsked || entry.IsPausing(time))
        {
            return;
        }

        // Asked for after the first diff came, it cannot be older than what is buffered, except where the venue answers from a cache: then
        // it is asked for again.
        entry.Asked = rest.SnapshotAsync(entry.VenueName, ct);
        _asked++;
    }

    private sealed class Entry(string name, string venueName, Backoff pauses)
    {
        private long _pausedAt;
        private TimeSpan _pause;

        public Backoff Pauses => pauses;

        public string Name => name;

        /// <summary>Event time of the last diff.</summary>
        public long Micros { get; set; }

        public string VenueName => venueName;

        public BookBuilder Builder { get; } = new();

        public Task<byte[]?>? Asked { get; set; }

        /// <summary>It was asked for: a while must pass until it is again.</summary>
        public void Pause(long now) => (_pausedAt, _pause) = (now, pauses.Next());

        public bool IsPausing(TimeProvider time) => _pause > TimeSpan.Zero && time.GetElapsedTime(_pausedAt) < _pause;
    }
}
