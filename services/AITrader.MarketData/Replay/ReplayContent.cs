using AITrader.Contracts.Messages;
using AITrader.Formats.Reading;
using AITrader.Storage.Replays;

namespace AITrader.MarketData.Replay;

/// <summary>A content that can be replayed: read to its end once, so that nothing of a bad one is ever published.</summary>
internal abstract record ReplayContent
{
    /// <summary>What was asked for, as <see cref="ReplaySource"/> spells it.</summary>
    public required ReplaySource Source { get; init; }

    /// <summary>SHA-256 of all of it, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How many ticks it holds.</summary>
    public required long Ticks { get; init; }

    /// <summary>Event time of the first tick, microseconds.</summary>
    public required long FirstMicros { get; init; }

    /// <summary>Event time of the last tick, microseconds.</summary>
    public required long LastMicros { get; init; }

    /// <summary>The content's files, in the order of their rank in ties; none where it comes from the tick store.</summary>
    public virtual IReadOnlyList<string> Files => [];

    /// <summary>What of its files cannot be carried, by file.</summary>
    public IReadOnlyList<(string Path, string Skipped)> Skipped { get; init; } = [];

    /// <summary>Sentiment readings that were recorded with it, by event time.</summary>
    public IReadOnlyList<SentimentReading> Moods { get; init; } = [];

    /// <summary>Its ticks from the first one.</summary>
    /// <exception cref="MarketDataException">It changed for the worse since it was checked.</exception>
    public abstract TickCursor Open();

    /// <summary>The content as the record of replays knows it.</summary>
    public RunContent Recorded => new(Source.Text, Source.Name, Sha256, Ticks);

    /// <summary>Position of the first tick at or after a moment; one past the last where there is none.</summary>
    public async Task<long> FindAsync(long micros, CancellationToken ct)
    {
        await using var ticks = Open();
        while (await ticks.ReadAsync(ct))
        {
            if (ticks.TimeMicros >= micros)
            {
                return ticks.Position;
            }
        }

        return Ticks + 1;
    }
}
