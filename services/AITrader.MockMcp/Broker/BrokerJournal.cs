using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Broker;

/// <summary>One line of the journal: an order's new state, with the trade that made it, or something else that happened.</summary>
internal sealed record JournalLine
{
    public BrokerOrder? Order { get; init; }

    public Trade? Trade { get; init; }

    public Conversion? Conversion { get; init; }

    public Gtt? Gtt { get; init; }
}

/// <summary>Appends what happened to a file, a JSON object a line, before anybody is told of it. After a kill the last line may be torn:
/// such
/// a line was told to nobody, and is cut off.</summary>
internal sealed class BrokerJournal : IDisposable
{
    private const byte LineEnd = (byte)'\n';

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    private readonly FileStream? _file;

    /// <summary>Opens a journal.</summary>
    /// <param name="path">The file; empty to keep none.</param>
    public BrokerJournal(string path)
    {
        if (path.Length == 0)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
    }

    /// <summary>All lines, and then the end of the file is where the next one goes.</summary>
    /// <exception cref="InvalidDataException">A line that is not the last cannot be read.</exception>
    public IReadOnlyList<JournalLine> ReadAll()
    {
        if (_file is null)
        {
            return [];
        }

        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var end = Array.LastIndexOf(bytes, LineEnd) + 1;
        _file.SetLength(end);
        _file.Position = end;
        var lines = new List<JournalLine>();
        for (var start = 0; start < end; )
        {
            var stop = Array.IndexOf(bytes, LineEnd, start);
            lines.Add(Read(bytes.AsSpan(start, stop - start), lines.Count + 1));
            start = stop + 1;
        }

        return lines;
    }

    public void Append(JournalLine line)
    {
        if (_file is null)
        {
            return;
        }

        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, Json), LineEnd]);
        _file.Flush();
    }

    public void Dispose() => _file?.Dispose();

    private static JournalLine Read(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(line, Json) ?? throw new JsonException("null");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"Line {number} of the broker's journal cannot be read: {malformed.Message}", malformed);
        }
    }
}
