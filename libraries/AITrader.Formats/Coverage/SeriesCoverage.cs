using AITrader.Domain.Sessions;
using AITrader.Domain.Time;

namespace AITrader.Formats.Coverage;

/// <summary>Of which times a series of ticks or bars of one symbol says something. For one thread.</summary>
public sealed class SeriesCoverage
{
    /// <summary>A pause between two ticks that is no longer than this is not looked at.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);

    private readonly List<(long Start, long End)> _spans = [];
    private readonly long _joined; // microseconds between two spans that are one

    internal SeriesCoverage(string symbol, string kind, TimeSpan barLength)
    {
        (Symbol, Kind, BarLength) = (symbol, kind, barLength);
        _joined = barLength > TimeSpan.Zero ? 0 : ShortestPause.Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>The symbol.</summary>
    public string Symbol { get; }

    /// <summary>What it is: <c>ticks</c>, <c>bars-1m</c>, <c>quotes-1m</c>.</summary>
    public string Kind { get; }

    /// <summary>Length of a bar; zero of ticks. A local day counts as 24 hours.</summary>
    public TimeSpan BarLength { get; }

    /// <summary>Ticks or bars.</summary>
    public long Rows { get; private set; }

    /// <summary>Files that hold some of it.</summary>
    public int Files { get; private set; }

    /// <summary>Bytes of those files, packed as they are.</summary>
    public long Bytes { get; private set; }

    /// <summary>Time of the first tick, or start of the first bar, in microseconds since 1970 UTC.</summary>
    public long FirstMicros { get; private set; } = long.MaxValue;

    /// <summary>Time of the last tick, or end of the last bar.</summary>
    public long LastMicros { get; private set; } = long.MinValue;

    /// <summary>Times within sessions that are missing between the first and the last row; of bars also from the begin of the first session
    /// to the end of the last one, where the market has closed hours. Whole sessions of years whose holidays are not known are left
    /// out.</summary>
    public IReadOnlyList<MissingSpan> Missing(CoverageCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var missing = new List<MissingSpan>();
        var ordered = _spans.Order().ToList();
        var hasEdges = BarLength > TimeSpan.Zero && calendar.HasClosedHours;
        var end = hasEdges ? Begin(calendar.Sessions, ordered[0].Start) : ordered[0].End;
        foreach (var span in ordered)
        {
            if (span.Start > end + _joined)
            {
                AddMissing(missing, calendar, end, span.Start);
            }

            end = Math.Max(end, span.End);
        }

        if (hasEdges && calendar.Sessions.SessionOf(end - 1) is { Phase: SessionPhases.Regular } last)
        {
            AddMissing(missing, calendar, end, last.EndMicros);
        }

        return missing;
    }

    internal void Add(long start, long end)
    {
        Rows++;
        FirstMicros = Math.Min(FirstMicros, start);
        LastMicros = Math.Max(LastMicros, end);
        if (_spans.Count > 0 && _spans[^1] is var last && start >= last.Start && start <= last.End + _joined)
        {
            _spans[^1] = (last.Start, Math.Max(last.End, end));
        }
        else
        {
            _spans.Add((start, end));
        }
    }

    internal void Add(SeriesCoverage other, long bytes)
    {
        Rows += other.Rows;
        Files++;
        Bytes += bytes;
        FirstMicros = Math.Min(FirstMicros, other.FirstMicros);
        LastMicros = Math.Max(LastMicros, other.LastMicros);
        _spans.AddRange(other._spans);
    }

    private static long Begin(SessionCalendar sessions, long start) =>
        sessions.SessionOf(start) is { Phase: SessionPhases.Regular } session ? session.StartMicros : start;

    private void AddMissing(List<MissingSpan> missing, CoverageCalendar calendar, long from, long to)
    {
        for (var at = from; at < to; )
        {
            var session = calendar.Sessions.SessionOf(at);
            var until = Math.Min(to, session.EndMicros);
            var isWhole = at == session.StartMicros && until == session.EndMicros;
            if (session.Phase == SessionPhases.Regular && (!isWhole || calendar.Knows(session.TradingDay)))
            {
                missing.Add(new MissingSpan(at, until, IntervalsOf(until - at), session.TradingDay, isWhole));
            }

            at = until;
        }
    }

    // A day's bar stands for its session, however short that is.
    private long IntervalsOf(long micros)
    {
        var length = BarLength.Ticks / TimeSpan.TicksPerMicrosecond;
        return length == 0 ? 0
            : length >= EventTime.MicrosPerDay ? 1
            : (micros + length - 1) / length;
    }
}
