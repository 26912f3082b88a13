using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats;
using AITrader.Formats.Reading;

namespace AITrader.Backtesting.Data;

/// <summary>Reads files of ticks or bars, of any known format, onto one tape.</summary>
public static class MarketTapeReader
{
    /// <summary>Most ticks that a tape holds: 6.4 GB.</summary>
    public const int MaxTicks = 100_000_000;

    private const int ProgressEvery = 1 << 16;

    /// <summary>Reads files and merges them by time; of two ticks of one moment, that of the file that was named first comes
    /// first.</summary>
    /// <param name="paths">Files; of a folder all data files below it, by name.</param>
    /// <param name="settings">Range and spread.</param>
    /// <param name="progress">Ticks read so far.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="MarketDataException">A file is missing, malformed or of no known format, or they hold too much.</exception>
    public static MarketTape Read(IReadOnlyList<string> paths, MarketTapeSettings settings, IProgress<long>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(settings);
        var files = Files(paths);
        var symbols = new SymbolTable();
        var sources = files.ConvertAll(file => Source.Open(file, symbols, settings));
        try
        {
            var ticks = Merge(sources, settings, progress, ct);
            var longest = sources.Max(static source => source.BarLength);
            return new MarketTape(ticks, symbols, longest, MarketTape.HashOf(files, settings));
        }
        finally
        {
            sources.ForEach(static source => source.Dispose());
        }
    }

    private static List<string> Files(IReadOnlyList<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            files.AddRange(Directory.Exists(path) ? MarketDataFolder.Files(path) : [path]);
        }

        return files.Count > 0 ? files : throw new MarketDataException(string.Join(", ", paths), 1, "file", "there is no file");
    }

    private static PackedTick[] Merge(List<Source> sources, MarketTapeSettings settings, IProgress<long>? progress, CancellationToken ct)
    {
        var (from, to) = (EventTime.ToMicros(settings.From), EventTime.ToMicros(settings.To));
        var queue = new PriorityQueue<int, (long Micros, int Number)>();
        for (var i = 0; i < sources.Count; i++)
        {
            Enqueue(queue, sources[i], i);
        }

        var ticks = new List<PackedTick>();
        while (queue.TryDequeue(out var number, out var place) && place.Micros < to)
        {
            var source = sources[number];
            if (place.Micros >= from)
            {
                ticks.Add(source.Current);
                Check(ticks.Count, source.File, progress, ct);
            }

            Enqueue(queue, source, number);
        }

        return ticks.Count > 0
            ? [.. ticks]
            : throw new MarketDataException(sources[0].File, 1, "time", $"no tick lies from {settings.From:O} to {settings.To:O}");
    }

    private static void Check(int count, string file, IProgress<long>? progress, CancellationToken ct)
    {
        if (count > MaxTicks)
        {
            throw new MarketDataException(file, 1, "file", $"more than {MaxTicks:N0} ticks: choose a shorter range");
        }

        if (count % ProgressEvery == 0)
        {
            ct.ThrowIfCancellationRequested();
            progress?.Report(count);
        }
    }

    private static void Enqueue(PriorityQueue<int, (long Micros, int Number)> queue, Source source, int number)
    {
        if (source.MoveNext())
        {
            queue.Enqueue(number, (source.Current.TimeMicros, number));
        }
    }

    /// <summary>The ticks of one file, one after the other.</summary>
    private sealed class Source(TickReader ticks) : IDisposable
    {
        private PackedTick _current;

        internal string File => ticks.File;

        internal TimeSpan BarLength => ticks is BarTickReader bars ? bars.BarLength : TimeSpan.Zero;

        internal ref readonly PackedTick Current => ref _current;

#pragma warning disable CA2000 // The source owns the reader.
        internal static Source Open(string file, SymbolTable symbols, MarketTapeSettings settings) =>
            new(MarketFile.OpenTicks(file, symbols, settings.SpreadBps));
#pragma warning restore CA2000

        internal bool MoveNext() => ticks.TryRead(out _current);

        public void Dispose() => ticks.Dispose();
    }
}
