namespace AITrader.Trading.Risk;

/// <summary>The newest times of something, to be counted back from a moment: a binary search, however many there are.</summary>
internal sealed class EventTimes(TimeSpan longest)
{
    private const int Spare = 64;

    private readonly List<DateTimeOffset> _times = [];
    private int _first;

    /// <summary>Adds a time; most come in their order.</summary>
    public void Add(DateTimeOffset at)
    {
        var place = _times.Count;
        while (place > _first && _times[place - 1] > at)
        {
            place--;
        }

        _times.Insert(place, at);
        _first = FirstAfter(_times[^1] - longest);
        if (_first > Spare && _first > _times.Count / 2)
        {
            _times.RemoveRange(0, _first);
            _first = 0;
        }
    }

    /// <summary>Times after <paramref name="at"/> minus <paramref name="span"/>.</summary>
    public int Within(TimeSpan span, DateTimeOffset at) => _times.Count - FirstAfter(at - span);

    public void Clear()
    {
        _times.Clear();
        _first = 0;
    }

    private int FirstAfter(DateTimeOffset moment)
    {
        var (low, high) = (_first, _times.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _times[middle] > moment ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
