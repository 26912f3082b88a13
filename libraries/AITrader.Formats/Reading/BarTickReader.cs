using AITrader.Domain.Bars;
using AITrader.Domain.Ticks;

namespace AITrader.Formats.Reading;

/// <summary>Reads bars as the ticks of their paths, those of several symbols in the order of time.</summary>
/// <remarks>Of two ticks of one moment comes first that of the bar which stands first in the file.</remarks>
public sealed class BarTickReader : TickReader
{
    private readonly BarReader _bars;
    private readonly decimal _spreadBps;
    private readonly PriorityQueue<PackedTick, (long Micros, long Number)> _pending = new();
    private readonly PackedTick[] _path = new PackedTick[BarPath.Points];
    private Bar _next;
    private bool _hasNext;
    private bool _isStarted;
    private long _number;

    /// <summary>Takes the bars over.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="spreadBps">Distance of bid and ask of bars of trades, which do not say it, in basis points of the price.</param>
    public BarTickReader(BarReader bars, decimal spreadBps)
        : base((bars ?? throw new ArgumentNullException(nameof(bars))).File, bars.Symbols) => (_bars, _spreadBps) = (bars, spreadBps);

    /// <inheritdoc/>
    public override string Source => _bars.Source;

    /// <inheritdoc/>
    public override long Line => _bars.Line;

    /// <summary>Length of the longest bar so far.</summary>
    public TimeSpan BarLength { get; private set; }

    private protected override bool TryReadTick(out PackedTick tick)
    {
        if (!_isStarted)
        {
            (_isStarted, _hasNext) = (true, _bars.TryRead(out _next));
        }

        while (_hasNext && (!_pending.TryPeek(out _, out var first) || _next.StartMicros < first.Micros))
        {
            Take(_next);
            var start = _next.StartMicros;
            _hasNext = _bars.TryRead(out _next);
            if (_hasNext && _next.StartMicros < start)
            {
                throw Failure("time", $"{DescribeGoingBack(start, _next.StartMicros)}: bars of several symbols are to be sorted by time");
            }
        }

        return _pending.TryDequeue(out tick, out _);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _bars.Dispose();

    private void Take(in Bar bar)
    {
        BarPath.Expand(bar, _spreadBps, _path);
        var length = TimeSpan.FromMicroseconds(bar.EndMicros - bar.StartMicros);
        BarLength = length > BarLength ? length : BarLength;
        foreach (var tick in _path)
        {
            _pending.Enqueue(tick, (tick.TimeMicros, _number++));
        }
    }
}
