using AITrader.Domain.Quotes;
using AITrader.Formats.Binance;
using AITrader.OrderBooks;
using AITrader.TestSupport;

namespace AITrader.Benchmarks;

/// <summary>The depth messages of a capture in memory, to be applied again and again.</summary>
internal sealed class DepthReplay
{
    private readonly List<Message> _messages = [];
    private readonly List<BookLevel> _read = [];
    private readonly BookBuilder _builder = new();
    private readonly Dictionary<long, long> _bids = new(1 << 14);
    private readonly Dictionary<long, long> _asks = new(1 << 14);
    private BookLevel[] _levels = [];

    private DepthReplay() { }

    public static IReadOnlyList<(string Label, string File)> Captures { get; } =
    [("usdm", "usdm_btcusdt_20240808"), ("spot", "spot_btcusdt_20240808"), ("coinm", "cm_ethusd_perp_20240808")];

    /// <summary>Diffs from the snapshot on.</summary>
    public int Diffs => _messages.Count - 1;

    /// <summary>Levels applied in one turn.</summary>
    public int Levels => _levels.Length;

    public static DepthReplay Load(string file)
    {
        var replay = new DepthReplay();
        var builder = new BookBuilder();
        using var reader = BinanceDepthReader.Open(Path.Combine(SharedData.Folder, "binance-l2", $"{file}.gz"));
        while (reader.TryRead())
        {
            var message = reader.Message;
            if (message.Kind == DepthKind.Snapshot)
            {
                builder.Load(message.Ids.Last, message.Bids, message.Asks);
                replay.Keep(Loaded(builder), BookNow(builder));
            }
            else if (builder.Apply(message.Ids, message.Bids, message.Asks) == DiffOutcome.Applied)
            {
                replay.Keep(message.Ids, (message.Bids.ToArray(), message.Asks.ToArray()));
            }
        }

        replay._levels = [.. replay._read];
        return replay;
    }

    /// <summary>Both ways must come to the same levels, or the comparison means nothing.</summary>
    public void CheckAgainstFloor()
    {
        ApplyAsync();
        ApplyToFloorAsync();
        Check(_builder.Book.Bids, _bids);
        Check(_builder.Book.Asks, _asks);
    }

    public Task ApplyAsync()
    {
        _builder.Reset();
        ReadOnlySpan<BookLevel> levels = _levels;
        foreach (var (ids, start, bids, asks) in _messages)
        {
            if (!_builder.IsSynchronised)
            {
                _builder.Load(ids.Last, levels.Slice(start, bids), levels.Slice(start + bids, asks));
            }
            else
            {
                _builder.Apply(ids, levels.Slice(start, bids), levels.Slice(start + bids, asks));
            }
        }

        return Task.CompletedTask;
    }

    public Task ApplyToFloorAsync()
    {
        _bids.Clear();
        _asks.Clear();
        ReadOnlySpan<BookLevel> levels = _levels;
        foreach (var (_, start, bids, asks) in _messages)
        {
            Apply(_bids, levels.Slice(start, bids));
            Apply(_asks, levels.Slice(start + bids, asks));
        }

        return Task.CompletedTask;
    }

    private static void Apply(Dictionary<long, long> side, ReadOnlySpan<BookLevel> levels)
    {
        foreach (ref readonly var level in levels)
        {
            if (level.Size.Raw == 0)
            {
                side.Remove(level.Price.Nanos);
            }
            else
            {
                side[level.Price.Nanos] = level.Size.Raw;
            }
        }
    }

    private static void Check(BookSide side, Dictionary<long, long> floor)
    {
        var same = side.Count == floor.Count;
        foreach (var level in side)
        {
            same &= floor.GetValueOrDefault(level.Price.Nanos) == level.Size.Raw;
        }

        if (!same)
        {
            throw new InvalidOperationException("the book and the floor came to different levels");
        }
    }

    private static (BookLevel[] Bids, BookLevel[] Asks) BookNow(BookBuilder builder)
    {
        var (bids, asks) = (new BookLevel[builder.Book.Bids.Count], new BookLevel[builder.Book.Asks.Count]);
        builder.Book.Bids.CopyTo(bids);
        builder.Book.Asks.CopyTo(asks);
        return (bids, asks);
    }

    // What was buffered before the snapshot is in the book already: the turn starts where that ends.
    private static UpdateIds Loaded(BookBuilder builder) => new(builder.LastUpdateId!.Value, builder.LastUpdateId.Value);

    private void Keep(UpdateIds ids, (BookLevel[] Bids, BookLevel[] Asks) levels)
    {
        _messages.Add(new Message(ids, _read.Count, levels.Bids.Length, levels.Asks.Length));
        _read.AddRange(levels.Bids);
        _read.AddRange(levels.Asks);
    }

    private readonly record struct Message(UpdateIds Ids, int Start, int Bids, int Asks);
}
