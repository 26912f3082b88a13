using System.Buffers;
using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace AITrader.Backend.Data;

/// <summary>A column of an exported table.</summary>
internal abstract class ExportColumn<T>(DataField column)
{
    public string Name => column.Name;

    public DataField Field => column;

    /// <summary>A value as CSV has it; empty where there is none.</summary>
    public abstract string TextOf(T row);

    public abstract Task WriteAsync(ParquetRowGroupWriter group, List<T> rows, CancellationToken ct);
}

/// <summary>Text; what CSV would take for its own is in quotes.</summary>
internal sealed class TextColumn<T>(string name, Func<T, string> value) : ExportColumn<T>(new DataField<string>(name, nullable: false))
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    public override string TextOf(T row) =>
        value(row) is var text && text.AsSpan().ContainsAny(Special)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value(row);

    public override Task WriteAsync(ParquetRowGroupWriter group, List<T> rows, CancellationToken ct) =>
        group.WriteAsync((DataField<string>)Field, rows.ConvertAll(row => value(row)));
}

/// <summary>UTC time in microseconds.</summary>
internal sealed class TimeColumn<T>(string name, Func<T, DateTimeOffset> value)
    : ExportColumn<T>(new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros))
{
    public override string TextOf(T row) =>
        value(row).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public override Task WriteAsync(ParquetRowGroupWriter group, List<T> rows, CancellationToken ct) =>
        group.WriteAsync<DateTime>(Field, rows.Select(row => value(row).UtcDateTime).ToArray(), cancellationToken: ct);
}

/// <summary>Exact decimal. The tables keep amounts with all their decimals: CSV has them all, Parquet sixteen, as many as price times
/// quantity has.</summary>
internal sealed class DecimalColumn<T>(string name, Func<T, decimal> value)
    : ExportColumn<T>(new DecimalDataField(name, Precision, Decimals, isNullable: false))
{
    private const int Precision = 38;
    private const int Decimals = 16;

    public override string TextOf(T row) => value(row).ToString("0.############################", CultureInfo.InvariantCulture);

    public override Task WriteAsync(ParquetRowGroupWriter group, List<T> rows, CancellationToken ct) =>
        group.WriteAsync<decimal>(
            Field,
            rows.Select(row => decimal.Round(value(row), Decimals, MidpointRounding.AwayFromZero)).ToArray(),
            cancellationToken: ct
        );
}

/// <summary>Exact decimal as above, or nothing.</summary>
internal sealed class OptionalDecimalColumn<T>(string name, Func<T, decimal?> value)
    : ExportColumn<T>(new DecimalDataField(name, Precision, Decimals, isNullable: true))
{
    private const int Precision = 38;
    private const int Decimals = 16;

    public override string TextOf(T row) =>
        value(row)?.ToString("0.############################", CultureInfo.InvariantCulture) ?? string.Empty;

    public override Task WriteAsync(ParquetRowGroupWriter group, List<T> rows, CancellationToken ct) =>
        group.WriteAsync<decimal>(
            Field,
            rows.Select(row => value(row) is { } known ? decimal.Round(known, Decimals, MidpointRounding.AwayFromZero) : (decimal?)null)
                .ToArray(),
            cancellationToken: ct
        );
}

/// <summary>Whole number.</summary>
internal sealed class IntegerColumn<T>(string name, Func<T, long> value) : ExportColumn<T>(new DataField<long>(name))
{
    public override string TextOf(T row) => value(row).ToString(CultureInfo.InvariantCulture);

    public override Task WriteAsync(ParquetRowGroupWriter group, List<T> rows, CancellationToken ct) =>
        group.WriteAsync<long>(Field, rows.Select(value).ToArray(), cancellationToken: ct);
}

/// <summary>Floating-point number.</summary>
internal sealed class RealColumn<T>(string name, Func<T, double> value) : ExportColumn<T>(new DataField<double>(name))
{
    public override string TextOf(T row) => value(row).ToString("R", CultureInfo.InvariantCulture);

    public override Task WriteAsync(ParquetRowGroupWriter group, List<T> rows, CancellationToken ct) =>
        group.WriteAsync<double>(Field, rows.Select(value).ToArray(), cancellationToken: ct);
}
