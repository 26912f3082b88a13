using AITrader.Domain.Time;
using Parquet.Meta;

namespace AITrader.Formats.ParquetFiles;

/// <summary>What the whole numbers of a column stand for.</summary>
/// <param name="Decimals">Decimals of numbers.</param>
/// <param name="MicrosTimes">Of times: microseconds in one; 0 where they are no times.</param>
/// <param name="Parts">Of times in nanoseconds: how many make a microsecond; else 1.</param>
/// <param name="IsUtc">Of times: whether they are UTC; else those of a wall clock.</param>
internal readonly record struct ParquetUnit(int Decimals, long MicrosTimes, long Parts, bool IsUtc)
{
    /// <summary>Plain numbers.</summary>
    internal static readonly ParquetUnit One = new(0, 0, 1, IsUtc: false);

    private const int MostDecimals = 28;

    /// <summary>Takes what a column says of its whole numbers off the schema, so that the library gives them as they are: it knows fewer
    /// encodings of times and decimals than of numbers, and times that no calendar has are an error of its own.</summary>
    internal static ParquetUnit TakeFrom(SchemaElement column)
    {
        if (column.Type is not (Parquet.Meta.Type.INT32 or Parquet.Meta.Type.INT64))
        {
            return One;
        }

        var unit = Of(column);
        if (unit != One)
        {
            (column.LogicalType, column.ConvertedType) = (null, null);
        }

        return unit;
    }

    /// <summary>The number that a whole number stands for.</summary>
    internal decimal NumberOf(long value)
    {
        var magnitude = (ulong)Int128.Abs(value);
        return Decimals == 0
            ? value
            : new decimal(unchecked((int)magnitude), unchecked((int)(magnitude >> 32)), 0, value < 0, (byte)Decimals);
    }

    /// <summary>The microseconds since 1970 that a whole number stands for; the largest number where they are too many.</summary>
    internal long MicrosOf(long value) =>
        Parts > 1 ? Math.DivRem(value, Parts, out var rest) - (rest < 0 ? 1 : 0)
        : (Int128)value * MicrosTimes is var micros && micros >= long.MinValue && micros <= long.MaxValue ? (long)micros
        : long.MaxValue;

    private static ParquetUnit Of(SchemaElement column)
    {
        if (column.LogicalType?.TIMESTAMP is { } time)
        {
            return time.Unit.NANOS is not null ? new ParquetUnit(0, 1, 1_000, time.IsAdjustedToUTC)
                : time.Unit.MICROS is not null ? new ParquetUnit(0, 1, 1, time.IsAdjustedToUTC)
                : new ParquetUnit(0, 1_000, 1, time.IsAdjustedToUTC);
        }

        return column.ConvertedType switch
        {
            ConvertedType.TIMESTAMP_MILLIS => new ParquetUnit(0, 1_000, 1, IsUtc: true),
            ConvertedType.TIMESTAMP_MICROS => new ParquetUnit(0, 1, 1, IsUtc: true),
            ConvertedType.DATE => new ParquetUnit(0, EventTime.MicrosPerDay, 1, IsUtc: false),
            ConvertedType.DECIMAL when column.Scale is >= 0 and <= MostDecimals => One with { Decimals = column.Scale.Value },
            _ when column.LogicalType?.DATE is not null => new ParquetUnit(0, EventTime.MicrosPerDay, 1, IsUtc: false),
            _ when column.LogicalType?.DECIMAL is { Scale: >= 0 and <= MostDecimals } number => One with { Decimals = number.Scale },
            _ => One,
        };
    }
}
