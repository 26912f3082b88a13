using AITrader.Domain.Instruments;
using AITrader.Venues.Feeds;
using AITrader.Venues.Kite.Rest;

namespace AITrader.Venues.Kite.Live;

/// <summary>Which instruments are followed: those of the exchange's list that are wanted and can be carried. The others are counted and
/// named.</summary>
internal sealed class KiteListing(KiteFeedOptions options, IFeedHealth health)
{
    private const string About = "instruments";
    private const int MaxNames = 5;

    private readonly List<string> _left = [];

    /// <summary>Chooses from the list.</summary>
    public IReadOnlyList<KiteInstrument> Choose(KiteInstrumentList list)
    {
        _left.Clear();
        var wanted = list.Where(options.Follows).ToList();
        LeaveRows(list);
        LeaveOut(
            wanted,
            SkipReasons.Segment,
            static row => !KiteSegment.IsKnown(row.Token),
            static row => $"{row.Key} of segment {KiteSegment.Of(row.Token)}",
            "of a segment whose prices cannot be told"
        );
        LeaveOut(
            wanted,
            SkipReasons.Symbol,
            static row => !SymbolTable.IsSymbol(row.Key),
            static row => row.Key,
            "with a name that cannot be carried"
        );
        var (keys, tokens) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<uint>());
        LeaveOut(
            wanted,
            SkipReasons.InstrumentRow,
            row => !(keys.Add(row.Key) & tokens.Add(row.Token)),
            static row => row.Key,
            "listed twice"
        );
        var missing = options.Wanted.Where(name => !list.Any(row => row.Key == name)).ToList();
        Leave(SkipReasons.Missing, missing.Count, missing, "wanted and not in the exchange's list");
        Report();
        return wanted;
    }

    /// <summary>No connection has room for these.</summary>
    public void LeaveSurplus(IReadOnlyCollection<string> names)
    {
        Leave(
            SkipReasons.Room,
            names.Count,
            names,
            $"above the {options.Connections} connections of {options.TokensPerConnection} instruments"
        );
        Report();
    }

    // Where instruments are named, one that cannot be read is found missing.
    private void LeaveRows(KiteInstrumentList list)
    {
        if (options.Wanted.Count == 0)
        {
            Leave(SkipReasons.InstrumentRow, list.Skipped, list.Problems, "rows of the instruments list that cannot be read");
        }
        else if (list.Skipped > 0)
        {
            health.CountSkipped(SkipReasons.InstrumentRow, list.Skipped);
            health.LogOnce($"rows of the instruments list ({list.Skipped}): {list.Problems[0]}");
        }
    }

    private void LeaveOut(
        List<KiteInstrument> wanted,
        string reason,
        Predicate<KiteInstrument> isLeft,
        Func<KiteInstrument, string> name,
        string what
    )
    {
        // Once for each, as a predicate may remember what it saw.
        var left = new HashSet<KiteInstrument>(wanted.Where(row => isLeft(row)), ReferenceEqualityComparer.Instance);
        var names = left.Select(name).ToList();
        wanted.RemoveAll(left.Contains);
        Leave(reason, names.Count, names, what);
    }

    private void Leave(string reason, long count, IReadOnlyCollection<string> names, string what)
    {
        if (count > 0)
        {
            health.CountSkipped(reason, count);
            _left.Add($"{what} ({count}): {string.Join(", ", names.Take(MaxNames))}{(count > MaxNames ? " and more" : string.Empty)}");
        }
    }

    private void Report()
    {
        if (_left.Count == 0)
        {
            health.Settle(About);
            return;
        }

        var text = $"not followed: {string.Join("; ", _left)}";
        health.LogOnce(text);
        health.Notice(About, text);
    }
}
