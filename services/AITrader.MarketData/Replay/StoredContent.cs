using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Formats.Reading;
using AITrader.Storage.Ticks;

namespace AITrader.MarketData.Replay;

/// <summary>A range of the tick store, streamed in pages.</summary>
/// <param name="Range">Which ticks; its run is known.</param>
/// <param name="History">Where they are.</param>
internal sealed record StoredContent(TickRange Range, ITickHistory History) : ReplayContent
{
    /// <summary>Reads everything once: counts it and takes its hash.</summary>
    /// <exception cref="MarketDataException">There are no ticks in the range.</exception>
    public static async Task<StoredContent> LoadAsync(ITickHistory history, ReplaySource source, CancellationToken ct)
    {
        var range = source.Stored!;
        range = range with { Run = range.Run ?? await history.FindRunAsync(range, ct) ?? throw Empty(source) };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (count, first, last) = (0L, 0L, 0L);
        await foreach (var tick in history.ReadAsync(range, after: null, ct))
        {
            if (TickPrecision.FaultOf(tick) is { } fault)
            {
                throw new MarketDataException(source.Text, 0, "ticks", $"tick {tick.Seq} of {tick.Symbol}: {fault.Field}: {fault.Problem}");
            }

            last = EventTime.ToMicros(tick.Timestamp);
            first = count++ == 0 ? last : first;
            hash.AppendData(Encoding.UTF8.GetBytes(Line(tick, last)));
        }

        // What was found stays what is meant: a recording that is made meanwhile must not change a run that is interrupted.
        return count == 0
            ? throw Empty(source)
            : new StoredContent(range, history)
            {
                Source = ReplaySource.Of(range),
                Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()),
                Ticks = count,
                FirstMicros = first,
                LastMicros = last,
            };
    }

    /// <inheritdoc/>
    public override TickCursor Open() =>
        new StoredTicks(History.ReadAsync(Range, after: null, CancellationToken.None).GetAsyncEnumerator());

    private static MarketDataException Empty(ReplaySource source) =>
        new(source.Text, 0, "ticks", "the tick store has no ticks of these symbols in this range");

    // Flags and receive times count where there are any: a recording without them keeps the name that it had before they were stored.
    private static string Line(Tick tick, long micros) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{tick.Symbol} {micros} {tick.Kind} {tick.Price} {tick.Volume} {tick.Bid} {tick.BidSize} {tick.Ask} {tick.AskSize} {tick.Source}{Oddities(tick)}\n"
        );

    private static string Oddities(Tick tick) =>
        tick.Flags == TickFlags.None && tick.ReceivedAt is null
            ? string.Empty
            : string.Create(
                CultureInfo.InvariantCulture,
                $" {(int)tick.Flags} {(tick.ReceivedAt is { } received ? EventTime.ToMicros(received) : 0)}"
            );
}

/// <summary>Stored ticks as a cursor.</summary>
internal sealed class StoredTicks(IAsyncEnumerator<Tick> ticks) : TickCursor
{
    /// <inheritdoc/>
    public override long TimeMicros => EventTime.ToMicros(ticks.Current.Timestamp);

    /// <inheritdoc/>
    public override Tick Message(string run, long seq) =>
        ticks.Current with
        {
            Run = run,
            Seq = seq,
            Trace = TickTrace.Parent(run.Length > 0 ? run : ticks.Current.Source, seq),
        };

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ticks.DisposeAsync();

    /// <inheritdoc/>
    protected override ValueTask<bool> MoveAsync(CancellationToken ct) => ticks.MoveNextAsync();
}
