using System.Buffers.Text;
using AITrader.Domain.Prices;
using AITrader.Domain.Time;
using AITrader.Formats.Reading;

namespace AITrader.Formats.Lean;

/// <summary>One row of a LEAN file, taken apart: comma-separated, without header or quotation marks. For one thread.</summary>
internal sealed class LeanRow(LeanFile lean, LineReader lines, string file)
{
    private const int MaxFields = 16;
    private const long MillisPerDay = 86_400_000;
    private const long MicrosPerMilli = 1_000;

    private readonly Range[] _fields = new Range[MaxFields];
    private readonly LocalClock _clock = new(lean.Zone);
    private long _before = long.MinValue;

    /// <summary>Fields of the row.</summary>
    internal int Count { get; private set; }

    internal MarketDataException Failure(string field, string problem) => new(file, Math.Max(lines.Line, 1), field, problem);

    /// <summary>Finds the fields of a row and checks their number.</summary>
    internal void Split(ReadOnlySpan<byte> line, int least, int most)
    {
        Count = 0;
        for (var start = 0; start <= line.Length && Count < MaxFields; Count++)
        {
            var comma = line[start..].IndexOf((byte)',');
            var end = comma < 0 ? line.Length : start + comma;
            _fields[Count] = start..end;
            start = end + 1;
        }

        if (Count < least || Count > most)
        {
            var expected = least == most ? $"{least}" : $"{least} to {most}";
            throw Failure(
                "row",
                $"has {Count} fields where LEAN's {lean.Type} {(lean.IsQuote ? "quotes" : "trades")} of this resolution have {expected}"
            );
        }
    }

    internal ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int index) => index < Count ? line[_fields[index]] : default;

    /// <summary>Time of the row, microseconds since 1970 UTC.</summary>
    internal long Time(ReadOnlySpan<byte> line)
    {
        var text = Field(line, 0);
        var micros = lean.HasOwnDates ? DateAndTime(text) : MillisOfDay(text);
        _before = Math.Max(_before, micros);
        return micros;
    }

    /// <summary>End of a bar that starts at a moment.</summary>
    internal long EndOf(long start) =>
        lean.Resolution == LeanResolution.Daily ? _clock.StartOf(_clock.DateOf(start).AddDays(1)) : start + lean.PeriodMicros;

    internal Price Price(ReadOnlySpan<byte> line, int index, string field)
    {
        var text = Field(line, index);
        var problem = FixedPoint.TryParse(text, lean.PriceDecimals, out var nanos);
        return problem == FixedPointProblem.None && nanos > 0
            ? Domain.Prices.Price.FromNanos(nanos)
            : throw Failure(field, TickReader.Describe(problem, text, lean.PriceDecimals, "above zero"));
    }

    /// <summary>A price that may be missing, or 0, which LEAN writes for one-sided quotes.</summary>
    internal Price OptionalPrice(ReadOnlySpan<byte> line, int index, string field) =>
        Field(line, index) is [] or [(byte)'0'] ? default : Price(line, index, field);

    /// <summary>A quantity, to the nearest 1e-8: LEAN computes some in binary64 and writes all their digits.</summary>
    internal Quantity Size(ReadOnlySpan<byte> line, int index, string field) =>
        Volume(line, index, field).Raw is var raw && raw <= long.MaxValue
            ? Quantity.FromRaw((long)raw)
            : throw Failure(field, TickReader.Describe(FixedPointProblem.OutOfRange, Field(line, index), Quantity.Decimals, ""));

    /// <summary>As <see cref="Size"/>, of a sum.</summary>
    internal Volume Volume(ReadOnlySpan<byte> line, int index, string field)
    {
        var text = Field(line, index);
        var point = text.IndexOf((byte)'.');
        var cut = point < 0 ? text.Length : Math.Min(text.Length, point + 1 + Quantity.Decimals);
        var problem = Domain.Prices.Volume.TryParse(text[..cut], out var volume);
        if (problem == FixedPointProblem.None && text[cut..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            problem = FixedPointProblem.NotANumber;
        }

        return problem != FixedPointProblem.None
                ? throw Failure(field, TickReader.Describe(problem, text, Quantity.Decimals, "zero or above"))
            : cut < text.Length && text[cut] >= '5' ? Domain.Prices.Volume.FromRaw(volume.Raw + 1)
            : volume;
    }

    private long MillisOfDay(ReadOnlySpan<byte> text)
    {
        var problem = FixedPoint.TryCut(text, 3, out var micros); // with three decimals milliseconds are microseconds
        if (problem != FixedPointProblem.None || micros >= MillisPerDay * MicrosPerMilli)
        {
            throw Failure("time", $"'{OutsideText.Show(text)}' is not a number of milliseconds of a day");
        }

        return _clock.MicrosAfter(lean.Day!.Value.ToDateTime(TimeOnly.MinValue).AddTicks(micros * TimeSpan.TicksPerMicrosecond), _before);
    }

    private long DateAndTime(ReadOnlySpan<byte> text)
    {
        if (
            text.Length != 14
            || text[8] != ' '
            || text[11] != ':'
            || !Number(text[..4], out var year)
            || !Number(text[4..6], out var month)
            || !Number(text[6..8], out var day)
            || !Number(text[9..11], out var hour)
            || !Number(text[12..], out var minute)
            || year < 1970
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23
            || minute > 59
        )
        {
            throw Failure("time", $"'{OutsideText.Show(text)}' is not a time such as 20190125 23:00");
        }

        return _clock.MicrosAfter(new DateTime(year, month, day, hour, minute, 0), _before);
    }

    private static bool Number(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && char.IsAsciiDigit((char)text[0]);
}
