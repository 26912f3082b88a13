using AITrader.Domain.Instruments;
using AITrader.Domain.Time;
using AITrader.Formats.Binance;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;
using AITrader.Venues.Feeds;
using Microsoft.Extensions.Logging;

namespace AITrader.Venues.Binance;

/// <summary>
/// Keeps the order book of every symbol exact: requests a snapshot when it has none, after a gap, and when the price has used up half of
/// the levels of the last one, while diffs go on being kept.
/// One caller at a time.
/// </summary>
internal sealed class BookKeeper(BinanceRest rest, BinanceMarket market, IFeedHost host, TimeProvider time, ILogger<BookKeeper> logger)
{
    /// <summary>Snapshots that are requested at a time: they weigh most of all, and missed trades must not wait behind them.</summary>
    public const int MaxRequests = 2;

    private const string Name = "binance snapshot";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly BinanceStreamDecoder _snapshots = new(new SymbolTable(), isSpot: false, Name);
    private readonly Dictionary<int, Entry> _entries = [];
    private bool _isAnyOpen;
    private bool _isPaceLogged;
    private int _requested;

    /// <summary>The builder of a symbol's order book; null before the symbol is defined.</summary>
    public BookBuilder? Find(int symbol) => _entries.GetValueOrDefault(symbol)?.Builder;

    /// <summary>Makes a symbol known.</summary>
    public void Define(int symbol, string name, string venueName) =>
        _entries.TryAdd(symbol, new Entry(name, venueName, new ReconnectBackoff(new Backoff(FirstPause, LongestPause), symbol)));

    /// <summary>A new connection of these symbols: its diffs do not continue those before.</summary>
    public void StartConnection(IEnumerable<int> symbols)
    {
        foreach (var entry in symbols.Select(symbol => _entries[symbol]))
        {
            entry.Builder.Reset();
            host.Books.Reset(entry.Name);
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
            host.Health.CountGap();
        }

        if (entry.Builder.IsThin)
        {
            entry.Builder.AwaitSnapshot();
        }

        entry.Micros = message.TimeMicros;
        host.Books.Show(entry.Name, BinanceVenue.Name, entry.Builder, entry.Micros);
        _isAnyOpen |= entry.Builder.Buffered > 0;
        RequestWhereNeeded(entry, ct);
        return outcome;
    }

    /// <summary>Loads the snapshots that have come and requests those that are needed still.</summary>
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
            if (entry.Request is { IsCompleted: true } answer)
            {
                entry.Request = null;
                _requested--;
                Load(entry, answer);
            }

            RequestWhereNeeded(entry, ct);
            waiting += entry.Request is null && entry.Builder.Buffered > 0 ? 1 : 0;
            _isAnyOpen |= entry.Builder.Buffered > 0 || entry.Request is not null;
        }

        LogPace(waiting);
    }

    private void LogPace(int waiting)
    {
        if (waiting > MaxRequests && !_isPaceLogged)
        {
            logger.BooksPaced(waiting + _requested, MaxRequests, rest.WeightPerMinute);
        }

        _isPaceLogged = _isAnyOpen && (_isPaceLogged || waiting > MaxRequests);
    }

    private void Load(Entry entry, Task<byte[]?> answer)
    {
        // The pause grows where the venue refuses, or bans.
        entry.Pause(time.GetTimestamp());
        if (!answer.IsCompletedSuccessfully || answer.Result is not { } json)
        {
            return;
        }

        try
        {
            _snapshots.DecodeSnapshot(json);
            if (
                entry.Builder.Load(_snapshots.Depth.Ids.Last, _snapshots.Depth.Bids, _snapshots.Depth.Asks, market.SnapshotLimit)
                == SnapshotOutcome.Loaded
            )
            {
                entry.Pauses.Reset();
            }

            host.Books.Show(entry.Name, BinanceVenue.Name, entry.Builder, entry.Micros);
        }
        catch (MarketDataException)
        {
            host.Health.CountGarbage();
        }
    }

    private void RequestWhereNeeded(Entry entry, CancellationToken ct)
    {
        if (entry.Builder.Buffered == 0 || entry.Request is not null || _requested == MaxRequests || entry.IsPausing(time))
        {
            return;
        }

        // A snapshot that is requested after the first diff came cannot be older than what is buffered, except where the venue answers from
        // a cache: then it is requested again.
        entry.Request = rest.SnapshotAsync(entry.VenueName, ct);
        _requested++;
    }

    private sealed class Entry(string name, string venueName, ReconnectBackoff pauses)
    {
        private long _pausedAt;
        private TimeSpan _pause;

        public ReconnectBackoff Pauses => pauses;

        public string Name => name;

        /// <summary>Event time of the last diff.</summary>
        public long Micros { get; set; }

        public string VenueName => venueName;

        public BookBuilder Builder { get; } = new();

        public Task<byte[]?>? Request { get; set; }

        /// <summary>A snapshot was requested: the next one waits.</summary>
        public void Pause(long now) => (_pausedAt, _pause) = (now, pauses.Next());

        public bool IsPausing(TimeProvider time) => _pause > TimeSpan.Zero && time.GetElapsedTime(_pausedAt) < _pause;
    }
}
