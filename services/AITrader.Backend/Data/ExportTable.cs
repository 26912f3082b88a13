using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace AITrader.Backend.Data;

/// <summary>Rows as a CSV or Parquet file, written as they come; of a Parquet file one row group at a time is held in memory.</summary>
internal sealed class ExportTable<T>(params ExportColumn<T>[] columns)
{
    private const int RowGroup = 50_000;
    private const int FlushAt = 64 * 1024;

    /// <summary>Header and rows, compressed.</summary>
    public async Task WriteCsvAsync(IAsyncEnumerable<T> rows, Stream target, CancellationToken ct)
    {
        await using var compressed = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
        var text = new StringBuilder().AppendJoin(',', columns.Select(static column => column.Name)).Append('\n');
        await foreach (var row in rows.WithCancellation(ct))
        {
            text.AppendJoin(',', columns.Select(column => column.TextOf(row))).Append('\n');
            if (text.Length >= FlushAt)
            {
                await compressed.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
                text.Clear();
            }
        }

        await compressed.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
    }

    /// <summary>Columns and row groups.</summary>
    public async Task WriteParquetAsync(IAsyncEnumerable<T> rows, Stream target, CancellationToken ct)
    {
        await using var sink = new GatheringStream(target);
        var schema = new ParquetSchema(columns.Select(static column => (Field)column.Field).ToArray());
        await using (var writer = await ParquetWriter.CreateAsync(schema, sink, cancellationToken: ct))
        {
            var held = new List<T>(RowGroup);
            await foreach (var row in rows.WithCancellation(ct))
            {
                held.Add(row);
                if (held.Count == RowGroup)
                {
                    await WriteAsync(writer, held, ct);
                    await sink.FlushAsync(ct);
                    held.Clear();
                }
            }

            if (held.Count > 0)
            {
                await WriteAsync(writer, held, ct);
            }
        }

        await sink.FlushAsync(ct);
    }

    private async Task WriteAsync(ParquetWriter writer, List<T> rows, CancellationToken ct)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
        {
            await column.WriteAsync(group, rows, ct);
        }

        group.CompleteValidate();
    }
}
