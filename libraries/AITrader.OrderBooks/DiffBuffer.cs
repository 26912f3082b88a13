using System.Runtime.InteropServices;
using AITrader.Domain.Quotes;

namespace AITrader.OrderBooks;

/// <summary>Diffs that wait for a snapshot, in order of arrival; their levels lie in one list, so that a used buffer allocates no
/// more.</summary>
internal sealed class DiffBuffer(int maxLevels)
{
    private readonly List<Entry> _diffs = [];
    private readonly List<BookLevel> _levels = [];

    internal int Count => _diffs.Count;

    internal UpdateIds this[int index] => _diffs[index].Ids;

    internal ReadOnlySpan<BookLevel> Bids(int index) => Levels(_diffs[index].Start, _diffs[index].Bids);

    internal ReadOnlySpan<BookLevel> Asks(int index) => Levels(_diffs[index].Start + _diffs[index].Bids, _diffs[index].Asks);

    /// <summary>Keeps a copy; an empty buffer takes a diff of any size.</summary>
    /// <returns><see langword="false"/> when it is full.</returns>
    internal bool TryAdd(UpdateIds ids, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        if (Count > 0 && _levels.Count + bids.Length + asks.Length > maxLevels)
        {
            return false;
        }

        _diffs.Add(new Entry(ids, _levels.Count, bids.Length, asks.Length));
        _levels.AddRange(bids);
        _levels.AddRange(asks);
        return true;
    }

    internal void Clear()
    {
        _diffs.Clear();
        _levels.Clear();
    }

    private ReadOnlySpan<BookLevel> Levels(int start, int count) => CollectionsMarshal.AsSpan(_levels).Slice(start, count);

    private readonly record struct Entry(UpdateIds Ids, int Start, int Bids, int Asks);
}
