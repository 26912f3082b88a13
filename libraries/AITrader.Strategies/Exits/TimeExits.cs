using AITrader.Strategies.Data;

namespace AITrader.Strategies.Exits;

/// <summary>Closes positions after so many bars or so much event time.</summary>
internal sealed class TimeExits(Holdings holdings, Closings closings, Action<DateTimeOffset, Action> schedule)
{
    private const string Tag = "time";

    private readonly Dictionary<BarFeed, int> _bars = [];
    private readonly Dictionary<BarFeed, long> _openedAt = [];
    private readonly Dictionary<string, TimeSpan> _spans = new(StringComparer.Ordinal);

    internal void AfterBars(BarFeed feed, int bars) => _bars[feed] = bars;

    internal void After(string symbol, TimeSpan span) => _spans[symbol] = span;

    /// <summary>A holding began.</summary>
    internal void Opened(string symbol, DateTimeOffset at)
    {
        foreach (var feed in _bars.Keys)
        {
            if (feed.Symbol == symbol)
            {
                _openedAt[feed] = feed.Count;
            }
        }

        if (_spans.TryGetValue(symbol, out var span) && holdings.Find(symbol) is { } holding)
        {
            schedule(at + span, () => Due(symbol, holding.Number));
        }
    }

    /// <summary>A bar of a feed is over.</summary>
    internal void OnBar(BarFeed feed)
    {
        if (
            _bars.TryGetValue(feed, out var bars)
            && holdings.Find(feed.Symbol) is not null
            && feed.Count - _openedAt.GetValueOrDefault(feed) >= bars
        )
        {
            closings.Close(feed.Symbol, Tag);
        }
    }

    private void Due(string symbol, long holding)
    {
        if (holdings.Find(symbol)?.Number == holding)
        {
            closings.Close(symbol, Tag);
        }
    }
}
