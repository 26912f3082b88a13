using System.Globalization;
using AITrader.Domain.Time;

namespace AITrader.Formats.ParquetFiles;

/// <summary>The values of one column in one row group.</summary>
internal abstract class ParquetColumn
{
    /// <summary>Whether numbers are binary fractions, which are decimals only when they are rounded.</summary>
    internal abstract bool IsBinary { get; }

    /// <summary>Whether a row has no value: a null, or the NaN that data frames write for one.</summary>
    internal abstract bool IsMissing(int row);

    /// <summary>A number; false where it is none that a decimal holds.</summary>
    internal abstract bool TryNumber(int row, out decimal number);

    /// <summary>A date and time in microseconds since 1970, and whether it is UTC; false where the column has none.</summary>
    internal abstract bool TryMoment(int row, out long micros, out bool isUtc);

    /// <summary>The value as text, for messages and where it is read as text.</summary>
    internal abstract string Text(int row);
}

/// <summary>Values of one type.</summary>
/// <param name="values">Value of each row; of a row without one anything.</param>
/// <param name="missing">Rows without a value; null where all have one.</param>
/// <param name="unit">What whole numbers stand for.</param>
internal sealed class ParquetColumn<T>(T[] values, bool[]? missing, ParquetUnit unit) : ParquetColumn
    where T : struct
{
    private const float MostOfDecimal = 7.9e27f;

    internal override bool IsBinary => default(T) is double or float;

    internal override bool IsMissing(int row) =>
        (missing is not null && missing[row])
        || values[row] switch
        {
            double value => double.IsNaN(value),
            float value => float.IsNaN(value),
            ReadOnlyMemory<char> text => text.Span.IsWhiteSpace(),
            _ => false,
        };

    internal override bool TryNumber(int row, out decimal number)
    {
        (var ok, number) = values[row] switch
        {
            // Within a decimal's range and not infinite; of a float its own seven digits, not those of the double that is nearest.
            double value => Math.Abs(value) < MostOfDecimal ? (true, (decimal)value) : (false, 0),
            float value => MathF.Abs(value) < MostOfDecimal ? (true, (decimal)value) : (false, 0),
            decimal value => (true, value),
            ReadOnlyMemory<char> text => decimal.TryParse(text.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                ? (true, parsed)
                : (false, 0),
            long value => (unit.MicrosTimes == 0, unit.NumberOf(value)),
            int value => (unit.MicrosTimes == 0, unit.NumberOf(value)),
            DateTime => (false, 0),
            IConvertible value => (true, value.ToDecimal(CultureInfo.InvariantCulture)),
            _ => (false, 0),
        };
        return ok;
    }

    internal override bool TryMoment(int row, out long micros, out bool isUtc)
    {
        (var ok, micros, isUtc) = values[row] switch
        {
            long value => (unit.MicrosTimes > 0, unit.MicrosOf(value), unit.IsUtc),
            int value => (unit.MicrosTimes > 0, unit.MicrosOf(value), unit.IsUtc),
            DateTime value => (true, (value.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond, true),
            _ => (false, 0, false),
        };
        return ok;
    }

    internal override string Text(int row) =>
        TryMoment(row, out var micros, out _)
            ? micros is >= 0 and <= EventTime.MaxMicros
                ? EventTime.FromMicros(micros).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{micros} us")
            : values[row] switch
            {
                ReadOnlyMemory<char> text => new string(text.Span.Trim()),
                double value when Math.Abs(value) is >= 1 and < MostOfDecimal => value.ToString("F6", CultureInfo.InvariantCulture),
                IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
                _ => string.Empty,
            };
}
