using AITrader.TestSupport;
using Parquet;
using Parquet.Schema;

namespace AITrader.Formats.Tests.ParquetFiles;

/// <summary>Parquet files for tests, column by column.</summary>
internal static class ParquetSamples
{
    internal static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    internal static string Foreign(string name) =>
        Path.Combine(SharedData.RepositoryRoot, "tests", "AITrader.Formats.Tests", "ParquetFiles", "Foreign", name);

    /// <summary>A file of the columns, in row groups of so many rows.</summary>
    internal static async Task<byte[]> WriteAsync(int rowGroup, params SampleColumn[] columns)
    {
        var file = new MemoryStream();
        var schema = new ParquetSchema(columns.Select(static column => (Field)column.Field).ToArray());
        await using (var writer = await ParquetWriter.CreateAsync(schema, file))
        {
            for (var from = 0; from < Math.Max(columns[0].Rows, 1); from += rowGroup)
            {
                using var group = writer.CreateRowGroup();
                foreach (var column in columns)
                {
                    await column.WriteAsync(group, from, Math.Min(rowGroup, column.Rows - from));
                }
            }
        }

        return file.ToArray();
    }

    internal static Task<byte[]> WriteAsync(params SampleColumn[] columns) => WriteAsync(int.MaxValue / 2, columns);

    internal static SampleColumn Text(string name, params string[] values) =>
        new(new DataField<string>(name, nullable: false), values.Length, (group, field, from, count) =>
            group.WriteAsync((DataField<string>)field, values.AsSpan(from, count).ToArray())
        );

    internal static SampleColumn Numbers<T>(string name, params T[] values)
        where T : struct => Of(new DataField<T>(name), values);

    internal static SampleColumn Nullable<T>(string name, params T?[] values)
        where T : struct =>
        new(new DataField<T?>(name), values.Length, (group, field, from, count) =>
            group.WriteAsync<T>(field, values.AsMemory(from, count), cancellationToken: default)
        );

    internal static SampleColumn Of<T>(DataField field, params T[] values)
        where T : struct =>
        new(field, values.Length, (group, field, from, count) =>
            group.WriteAsync<T>(field, values.AsMemory(from, count), cancellationToken: default)
        );

    internal static SampleColumn Times(string name, DateTimeTimeUnit unit, params DateTime[] values) =>
        Of(new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: unit), values);

    internal static DateTime[] Minutes(int count) => [.. Enumerable.Range(0, count).Select(static i => Start.AddMinutes(i))];

    internal static string[] Symbols(int count) => [.. Enumerable.Repeat("X", count)];

    /// <summary>Open, high, low and close of so many bars.</summary>
    internal static SampleColumn[] Prices(int count) =>
        [Numbers("open", Row(count, 10)), Numbers("high", Row(count, 12)), Numbers("low", Row(count, 9)), Numbers("close", Row(count, 11))];

    private static double[] Row(int count, double price) => [.. Enumerable.Repeat(price, count)];
}

/// <summary>A column and how it is written.</summary>
internal sealed record SampleColumn(DataField Field, int Rows, Func<ParquetRowGroupWriter, DataField, int, int, Task> Write)
{
    internal Task WriteAsync(ParquetRowGroupWriter group, int from, int count) => Write(group, Field, from, count);
}
