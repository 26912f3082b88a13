using AITrader.Formats.Reading;
using AITrader.MarketData.Diagnostics;
using AITrader.MarketData.Replay;
using AITrader.ServiceDefaults.Supervision;

namespace AITrader.MarketData.OrderBooks;

/// <summary>Reads the depth of replayed captures along with their ticks, never past the last one that is public. The replay knows nothing
/// of it and waits for nothing here.</summary>
internal sealed class DepthLoop(
    ReplayStatus replay,
    BookPublisher books,
    TimeProvider time,
    ILogger<DepthLoop> logger,
    Supervisor supervisor
) : SupervisedService(supervisor)
{
    private const int Chunk = 5_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly List<DepthFile> _files = [];
    private ReplayPoint? _last;

    /// <inheritdoc/>
    public override void Dispose()
    {
        Close();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (ReplayPoint.Of(replay.View) is { } point)
            {
                Turn(point);
                await AdvanceAsync(point.Micros, stoppingToken);
            }

            ReportProgress();
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    /// <summary>Begins anew with another playing, or where time goes back, as after a seek.</summary>
    private void Turn(ReplayPoint point)
    {
        if (_last?.Name != point.Name || point.Micros < _last.Micros)
        {
            Close();
            foreach (var path in point.Files)
            {
                Open(path);
            }
        }

        _last = point;
    }

    private void Open(string path)
    {
        try
        {
            if (DepthFile.IsCapture(path))
            {
#pragma warning disable CA2000 // Close() disposes of it.
                _files.Add(new DepthFile(books, path));
#pragma warning restore CA2000
            }
        }
        catch (MarketDataException failure)
        {
            logger.NoDepth(failure.Message);
        }
    }

    private async Task AdvanceAsync(long micros, CancellationToken ct)
    {
        for (var i = _files.Count - 1; i >= 0; i--)
        {
            while (Advance(i, micros))
            {
                ct.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    private bool Advance(int index, long micros)
    {
        try
        {
            return _files[index].Advance(micros, Chunk);
        }
        catch (MarketDataException failure)
        {
            logger.NoDepth(failure.Message);
            _files[index].Dispose();
            _files.RemoveAt(index);
            return false;
        }
    }

    private void Close()
    {
        _files.ForEach(static file => file.Dispose());
        _files.Clear();
    }
}
