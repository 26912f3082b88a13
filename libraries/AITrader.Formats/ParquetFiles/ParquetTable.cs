using System.Buffers.Binary;
using System.Globalization;
using AITrader.Formats.Reading;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace AITrader.Formats.ParquetFiles;

/// <summary>A Parquet file: its columns, and their values row group by row group. For one thread.</summary>
internal sealed class ParquetTable : IDisposable
{
    /// <summary>Most rows of a group, which is held in memory column by column.</summary>
    internal const int MostRows = 1 << 24;

    private const int Tail = 8; // length of the footer, and the magic
    private const int MostFooter = 64 << 20;
    private const long MostColumnBytes = 1L << 31;

    private readonly Stream _stream;
    private readonly ParquetReader _reader;
    private readonly string _file;
    private readonly Dictionary<string, ParquetUnit> _units = [];

    private readonly int _mostRows;

    private ParquetTable(Stream stream, ParquetReader reader, string file, int mostRows)
    {
        (_stream, _reader, _file, _mostRows) = (stream, reader, file, mostRows);
        TakeUnits(reader.Metadata!.Schema);
        Fields = [.. reader.Schema.Fields.OfType<DataField>().Where(static field => !field.IsArray)];
    }

    /// <summary>The first bytes of every Parquet file, and the last ones.</summary>
    internal static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>The columns with one value a row.</summary>
    internal IReadOnlyList<DataField> Fields { get; }

    /// <summary>Number of row groups.</summary>
    internal int Groups => _reader.RowGroupCount;

    /// <summary>Opens a file; the table then owns the stream.</summary>
    /// <exception cref="MarketDataException">It is none, is cut off, or is damaged.</exception>
    internal static ParquetTable Open(Stream stream, string file, int mostRows = MostRows)
    {
        CheckEnds(stream, file);
        return Guard(file, "footer", () =>
        {
            var options = new ParquetOptions { TreatByteArrayAsString = true };
            var reader = Done(ParquetReader.CreateAsync(new InlineStream(stream), options));
            return new ParquetTable(stream, reader, file, mostRows);
        });
    }

    /// <summary>Whether a content begins as a Parquet file does; it is left at its begin.</summary>
    internal static bool Recognises(Stream stream)
    {
        if (!stream.CanSeek)
        {
            return false;
        }

        Span<byte> magic = stackalloc byte[4];
        stream.Seek(0, SeekOrigin.Begin);
        var read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Seek(0, SeekOrigin.Begin);
        return magic[..read].SequenceEqual(Magic);
    }

    /// <summary>Number of rows in a group.</summary>
    /// <exception cref="MarketDataException">It is not one that can be read.</exception>
    internal int RowsOf(int group)
    {
        var rows = _reader.OpenRowGroupReader(group).RowCount;
        return rows >= 0 && rows <= _mostRows
            ? (int)rows
            : throw Failure(
                "row group",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"row group {group + 1} has {rows} rows, more than the {_mostRows} that are held in memory at a time: write the file with smaller ones, as by to_parquet(..., row_group_size=1000000)"
                )
            );
    }

    /// <summary>Reads a column of a row group.</summary>
    /// <exception cref="MarketDataException">Its values are of no type that is known, or damaged.</exception>
    internal ParquetColumn Read(int group, DataField field)
    {
        if (field is TimeDataField)
        {
            throw Failure(field.Name, "holds times of day without a date");
        }

        var rows = RowsOf(group);
        var reader = _reader.OpenRowGroupReader(group);
        var about = reader.GetMetadata(field)?.MetaData;
        if (about is null || about.NumValues != rows || about.TotalUncompressedSize is < 0 or > MostColumnBytes)
        {
            throw Failure(field.Name, $"is damaged: row group {group + 1} does not hold a value of it for each of its rows");
        }

        return Guard(_file, field.Name, () => Read(reader, field, rows, _units[field.Name]));
    }

    public void Dispose() => _stream.Dispose();

    // The schema is a tree, written from its root on, each group before its columns.
    private void TakeUnits(List<SchemaElement> schema)
    {
        for (var at = 1; at < schema.Count; )
        {
            _units.TryAdd(schema[at].Name, ParquetUnit.TakeFrom(schema[at]));
            for (var inside = 1; inside > 0 && at < schema.Count; at++)
            {
                inside += (schema[at].NumChildren ?? 0) - 1;
            }
        }
    }

    private ParquetColumn Read(ParquetRowGroupReader reader, DataField field, int rows, ParquetUnit unit) =>
        System.Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Double => Read<double>(reader, field, rows, unit),
            TypeCode.Single => Read<float>(reader, field, rows, unit),
            TypeCode.Decimal => Read<decimal>(reader, field, rows, unit),
            TypeCode.Int64 => Read<long>(reader, field, rows, unit),
            TypeCode.Int32 => Read<int>(reader, field, rows, unit),
            TypeCode.Int16 => Read<short>(reader, field, rows, unit),
            TypeCode.SByte => Read<sbyte>(reader, field, rows, unit),
            TypeCode.UInt64 => Read<ulong>(reader, field, rows, unit),
            TypeCode.UInt32 => Read<uint>(reader, field, rows, unit),
            TypeCode.UInt16 => Read<ushort>(reader, field, rows, unit),
            TypeCode.Byte => Read<byte>(reader, field, rows, unit),
            TypeCode.DateTime => Read<DateTime>(reader, field, rows, unit),
            _ when field.ClrType == typeof(ReadOnlyMemory<char>) => Read<ReadOnlyMemory<char>>(reader, field, rows, unit),
            _ => throw Failure(
                field.Name,
                $"holds values of the type {field.ClrType.Name}; wanted are numbers, decimals, timestamps or text"
            ),
        };

    private static ParquetColumn<T> Read<T>(ParquetRowGroupReader reader, DataField field, int rows, ParquetUnit unit)
        where T : struct
    {
        var values = new T[rows];
        if (!field.IsNullable)
        {
            Done(reader.ReadRawAsync<T>(field, values, null, null).AsTask());
            return new ParquetColumn<T>(values, missing: null, unit);
        }

        var levels = new int[rows];
        Done(reader.ReadRawAsync<T>(field, values, levels, null).AsTask());
        return new ParquetColumn<T>(values, Spread(values, levels, field.MaxDefinitionLevel), unit);
    }

    // What is read are the values that there are, one after the other: each goes to its row, the last one first.
    private static bool[]? Spread<T>(T[] values, int[] levels, int defined)
    {
        var next = levels.Count(level => level == defined);
        if (next == values.Length)
        {
            return null;
        }

        var missing = new bool[values.Length];
        for (var row = values.Length - 1; row >= 0; row--)
        {
            missing[row] = levels[row] != defined;
            values[row] = missing[row] ? default! : values[--next];
        }

        return missing;
    }

    private static void CheckEnds(Stream stream, string file)
    {
        if (!Recognises(stream))
        {
            throw new MarketDataException(
                file,
                1,
                "format",
                !stream.CanSeek ? "is packed: Parquet is compressed inside, so unpack the file"
                    : stream.Length == 0 ? "is empty"
                    : "is no Parquet file: it does not begin with PAR1"
            );
        }

        Span<byte> tail = stackalloc byte[Tail];
        if (stream.Length >= Magic.Length + Tail)
        {
            stream.Seek(-Tail, SeekOrigin.End);
            stream.ReadExactly(tail);
        }

        var footer = BinaryPrimitives.ReadInt32LittleEndian(tail);
        var room = stream.Length - Magic.Length - Tail;
        var problem =
            !tail[4..].SequenceEqual(Magic) ? "is cut off: it does not end with PAR1, so whoever wrote it did not finish"
            : footer <= 0 || footer > room ? FormattableString.Invariant($"is damaged: a footer of {footer} bytes is not within the file")
            : footer > MostFooter ? FormattableString.Invariant($"has a footer of {footer} bytes: write it with fewer row groups")
            : null;
        if (problem is not null)
        {
            throw new MarketDataException(file, 1, "file", problem);
        }
    }

    // The library only has asynchronous methods; on an inline stream their work is done when they return.
    private static T Done<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Done(Task task) => task.GetAwaiter().GetResult();

    // Of damaged bytes the library throws whatever it runs into: an index, a cast, a null, a length that no memory has.
    private static T Guard<T>(string file, string field, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is not MarketDataException)
        {
            throw new MarketDataException(file, 1, field, $"is damaged or not known: {LineReader.OneLine(failure.Message)}", failure);
        }
    }

    private MarketDataException Failure(string field, string problem) => new(_file, 1, field, problem);
}
