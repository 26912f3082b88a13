namespace AITrader.Hosting.Home;

/// <summary>A private log file that grows to a limit, then starts anew with the old one beside it as <c>NAME.1.log</c>.</summary>
/// <remarks>For one writer at a time; several processes or tasks may hold the same file, as each only appends.</remarks>
/// <param name="path">The file, which may exist.</param>
/// <param name="limitBytes">The size in bytes at which a new file is started.</param>
public sealed class RollingLog(string path, long limitBytes = RollingLog.DefaultLimit) : IAsyncDisposable
{
    /// <summary>10 MiB.</summary>
    public const long DefaultLimit = 10L << 20;

    private StreamWriter? _writer;

    /// <summary>Appends lines and hands them to the system.</summary>
    public async Task AppendAsync(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        _writer ??= Open();
        foreach (var line in lines)
        {
            await _writer.WriteAsync(line);
            await _writer.WriteAsync('\n');
        }

        await _writer.FlushAsync();
        if (_writer.BaseStream.Length >= limitBytes)
        {
            await DisposeAsync();
            File.Move(path, Path.ChangeExtension(path, $".1{Path.GetExtension(path)}"), overwrite: true);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_writer is { } writer)
        {
            _writer = null;
            await writer.DisposeAsync();
        }
    }

    private StreamWriter Open() => new(PrivateFiles.Open(path, FileMode.Append, FileShare.ReadWrite | FileShare.Delete));
}
