using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;

namespace AITrader.OrderBooks;

/// <summary>How far down a side is known without holes: a snapshot that was cut at the venue's limit says nothing of what lies behind its
/// last level.</summary>
/// <param name="side">The side, which holds also what came to be known behind that level.</param>
internal sealed class KnownDepth(BookSide side)
{
    private Price? _end; // worst price down to which no level is missing; null where the side is known as a whole
    private int _seeded;
    private int _limit;

    /// <summary>Whether no level of the snapshot is left: the best level of the side is not known then.</summary>
    internal bool IsHollow => !Reaches(1);

    /// <summary>Whether fewer than half of the levels are left that the snapshot had.</summary>
    internal bool IsThin => !Reaches((_seeded + 1) / 2);

    /// <summary>The side is that of a snapshot.</summary>
    /// <param name="limit">Most levels that the snapshot could have; null where that is not known.</param>
    /// <param name="largest">Levels of its longer side.</param>
    internal void Seed(int? limit, int largest)
    {
        _seeded = side.Count;
        _limit = Math.Max(limit ?? int.MaxValue, largest);
        _end = side.Count > 0 && side.Count >= Math.Max(limit ?? 0, largest) ? side.Worst.Price : null;
    }

    /// <summary>Forgets what lies beyond the venue's limit, of which it sends no further changes.</summary>
    internal void Trim()
    {
        while (side.Count > _limit)
        {
            side.Set(side.Worst.Price, default);
            _seeded = _limit;
            _end = _end is { } end && side.IsBehind(side.Worst.Price, end) ? end : side.Worst.Price;
        }
    }

    /// <summary>Copies the best levels, best first, as far as none is missing between them.</summary>
    /// <returns>Levels copied.</returns>
    internal int CopyTo(Span<BookLevel> target)
    {
        var copied = side.CopyTo(target);
        while (_end is { } end && copied > 0 && side.IsBehind(target[copied - 1].Price, end))
        {
            copied--;
        }

        return copied;
    }

    internal void Clear() => (_end, _seeded, _limit) = (null, 0, int.MaxValue);

    private bool Reaches(int levels) => _end is not { } end || (side.Count >= levels && !side.IsBehind(side[levels - 1].Price, end));
}
