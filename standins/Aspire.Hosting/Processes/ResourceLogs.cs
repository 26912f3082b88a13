using System.Collections.Concurrent;

namespace Aspire.Hosting.Processes;

/// <summary>What each resource prints: its last lines in memory for failure messages, all of it in <c>logs/{name}.log</c>.</summary>
internal sealed class ResourceLogs(ApplicationDirectories directories) : IDisposable
{
    private readonly ConcurrentDictionary<string, LogTail> _tails = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, LogFile> _files = new(StringComparer.OrdinalIgnoreCase);

    public LogTail Tail(string resourceId) => _tails.GetOrAdd(resourceId, _ => new LogTail());

    public void Add(string resourceId, string line)
    {
        Tail(resourceId).Add(line);
        File(resourceId).Add(line);
    }

    public string PathOf(string resourceId) => Path.Combine(directories.Logs, $"{resourceId}.log");

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private LogFile File(string resourceId) => _files.GetOrAdd(resourceId, id => new LogFile(PathOf(id)));
}

/// <summary>A log that never takes more than two files of this size.</summary>
internal sealed class LogFile(string path) : IDisposable
{
    private const long Limit = 8 * 1024 * 1024;
    private readonly Lock _gate = new();
    private StreamWriter? _writer;
    private bool _isClosed;

    public void Add(string line)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _writer ??= Open();
            _writer.WriteLine(line);
            if (_writer.BaseStream.Length > Limit)
            {
                _writer.Dispose();
                File.Move(path, path + ".1", overwrite: true);
                _writer = Open();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _writer?.Dispose();
        }
    }

    private StreamWriter Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
    }
}

internal sealed class LogTail
{
    private const int Capacity = 20;
    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line);
            while (_lines.Count > Capacity)
            {
                _lines.Dequeue();
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _lines.Clear();
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join(Environment.NewLine, _lines.Select(l => "    " + l));
        }
    }
}
