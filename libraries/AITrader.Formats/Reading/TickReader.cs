using AITrader.Domain.Instruments;
using AITrader.Domain.Normalization;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;

namespace AITrader.Formats.Reading;

/// <summary>Reads ticks from one source in event order. For one thread.</summary>
/// <remarks>Ticks are as the file has them: nothing is dropped or put in another place. A bid that equals or passes the ask is flagged as
/// live ones are.</remarks>
public abstract class TickReader : IDisposable
{
    private long _lastMicros = long.MinValue;

    private protected TickReader(string file, SymbolTable symbols)
    {
        File = file;
        Symbols = symbols;
    }

    /// <summary>File as the user named it.</summary>
    public string File { get; }

    /// <summary>Symbols of the ticks.</summary>
    public SymbolTable Symbols { get; }

    /// <summary>Where its ticks come from, as the message field <c>source</c> spells it.</summary>
    public abstract string Source { get; }

    /// <summary>Line or message read last, from 1.</summary>
    public abstract long Line { get; }

    /// <summary>Ticks read.</summary>
    public long Ticks { get; private set; }

    /// <summary>What was skipped because of its symbol; only captures of a venue have such rows.</summary>
    public SkippedSymbols Skipped { get; } = new();

    /// <summary>When the tick read last was received, microseconds since 1970 UTC; 0 where the file does not say.</summary>
    public long ReceivedMicros { get; private protected set; }

    /// <summary>Reads the next tick.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="MarketDataException">The file is malformed or cannot be read.</exception>
    public bool TryRead(out PackedTick tick)
    {
        if (TryReadTick(out tick))
        {
            Accept(tick.TimeMicros);
            if (Normalizer.Relation(tick) is var relation && relation != TickFlags.None)
            {
                tick = tick with { Flags = tick.Flags | relation };
            }

            return true;
        }

        if (Ticks == 0)
        {
            throw Failure(
                "file",
                Skipped.Rows == 0 ? "holds no ticks" : $"holds no ticks of symbols that can be carried; skipped: {Skipped}"
            );
        }

        tick = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the file.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Finds the next tick, before its time is looked at.</summary>
    private protected abstract bool TryReadTick(out PackedTick tick);

    private protected MarketDataException Failure(string field, string problem) => new(File, Math.Max(Line, 1), field, problem);

    internal static string DescribeSymbol(ReadOnlySpan<byte> text) =>
        $"'{OutsideText.Show(text)}' is no symbol (1 to {SymbolTable.MaxLength} letters, digits or : _ - . / & and space)";

    internal static string DescribeGoingBack(long from, long to) => $"goes back from {Show(from)} to {Show(to)}";

    internal static string Describe(FixedPointProblem problem, ReadOnlySpan<byte> text, int decimals, string range) =>
        problem switch
        {
            FixedPointProblem.NotANumber when text.IsEmpty => "is missing",
            FixedPointProblem.NotANumber when text[0] == '-' && Price.TryParse(text[1..], out _) != FixedPointProblem.NotANumber =>
                $"'{OutsideText.Show(text)}' must be {range}",
            FixedPointProblem.NotANumber => $"'{OutsideText.Show(text)}' is not a number",
            FixedPointProblem.TooPrecise => $"'{OutsideText.Show(text)}' has more than {decimals} decimals",
            FixedPointProblem.OutOfRange => $"'{OutsideText.Show(text)}' is too large",
            _ => $"'{OutsideText.Show(text)}' must be {range}",
        };

    private void Accept(long micros)
    {
        if (micros < _lastMicros)
        {
            throw Failure("time", DescribeGoingBack(_lastMicros, micros));
        }

        _lastMicros = micros;
        Ticks++;
    }

    private static string Show(long micros) =>
        EventTime
            .FromMicros(micros)
            .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
