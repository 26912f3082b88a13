namespace AITrader.Storage.Ticks;

/// <summary>A session of one symbol, cut to one day, and what is stored of it.</summary>
internal sealed class TickGapSession(string symbol, TickSpan span)
{
    public string Symbol => symbol;

    public TickSpan Span => span;

    public DateTimeOffset Day => new(span.From.UtcDateTime.Date, TimeSpan.Zero);

    public long Ticks { get; set; }

    public DateTimeOffset First { get; set; }

    public DateTimeOffset Last { get; set; }

    /// <summary>The pause that ends with the first tick, and the one that begins with the last; those between are the database's to
    /// find.</summary>
    public List<TickTimeGap> Edges { get; } = [];

    /// <summary>Finds the pauses at the ends of one symbol's sessions, which are in order. Where one session begins as another ends, a
    /// pause goes on over both.</summary>
    public static void FindEdges(IReadOnlyList<TickGapSession> sessions, TimeSpan threshold)
    {
        for (var i = 0; i < sessions.Count; i++)
        {
            var session = sessions[i];
            if (session.Ticks == 0)
            {
                continue;
            }

            var before = i > 0 && Adjoin(sessions[i - 1], session) ? sessions[i - 1].Last : session.Span.From;
            if (session.First - before > threshold)
            {
                session.Edges.Add(new TickTimeGap(before, session.First));
            }

            var goesOn = i + 1 < sessions.Count && Adjoin(session, sessions[i + 1]);
            if (!goesOn && session.Span.Until - session.Last > threshold)
            {
                session.Edges.Add(new TickTimeGap(session.Last, session.Span.Until));
            }
        }
    }

    private static bool Adjoin(TickGapSession first, TickGapSession second) =>
        first.Span.Until == second.Span.From && first.Ticks > 0 && second.Ticks > 0;
}
