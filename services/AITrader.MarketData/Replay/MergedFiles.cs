using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.Formats;
using AITrader.Formats.Reading;

namespace AITrader.MarketData.Replay;

/// <summary>Files of ticks or bars, merged by event time. In a tie the earlier file of the list comes first, and within a file its own
/// order stays.</summary>
internal sealed class MergedFiles : TickCursor
{
    private readonly List<TickReader> _readers = [];
    private readonly PackedTick[] _heads;
    private readonly bool[] _isOpen;
    private int _present = -1;

    /// <exception cref="MarketDataException">A file is missing or of no known format.</exception>
    public MergedFiles(IReadOnlyList<string> paths, decimal spreadBps = 0)
    {
        _heads = new PackedTick[paths.Count];
        _isOpen = new bool[paths.Count];
        try
        {
            foreach (var path in paths)
            {
                _readers.Add(MarketFile.OpenTicks(path, spreadBps: spreadBps));
            }
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public override long TimeMicros => _heads[_present].TimeMicros;

    /// <summary>What was skipped so far, by file.</summary>
    public IEnumerable<(string Path, string Skipped)> Skipped =>
        _readers.Where(static reader => reader.Skipped.Rows > 0).Select(static reader => (reader.File, reader.Skipped.ToString()));

    /// <inheritdoc/>
    public override Tick Message(string run, long seq)
    {
        var reader = _readers[_present];
        return TickMessages.Create(
            _heads[_present],
            reader.Symbols[_heads[_present].Symbol],
            reader.Source,
            run,
            seq,
            reader.ReceivedMicros
        );
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask<bool> MoveAsync(CancellationToken ct)
    {
        if (_present >= 0)
        {
            Refill(_present);
        }
        else
        {
            for (var file = 0; file < _readers.Count; file++)
            {
                Refill(file);
            }
        }

        _present = Earliest();
        return ValueTask.FromResult(_present >= 0);
    }

    private void Refill(int file)
    {
        var reader = _readers[file];
        _isOpen[file] = reader.TryRead(out _heads[file]);
        if (_isOpen[file] && TickPrecision.FaultOf(_heads[file]) is { } fault)
        {
            throw new MarketDataException(reader.File, reader.Line, fault.Field, fault.Problem);
        }
    }

    private int Earliest()
    {
        var earliest = -1;
        for (var file = 0; file < _heads.Length; file++)
        {
            if (_isOpen[file] && (earliest < 0 || _heads[file].TimeMicros < _heads[earliest].TimeMicros))
            {
                earliest = file;
            }
        }

        return earliest;
    }

    private void Close() => _readers.ForEach(static reader => reader.Dispose());
}
