using AITrader.Backend.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Data;

/// <summary>How lists are cut: newest first, in pages.</summary>
internal static class Page
{
    public const int DefaultSize = 100;
    public const int MaxSize = 500;

    /// <summary>Null where the size is acceptable.</summary>
    public static ProblemHttpResult? Refuse(int? limit) =>
        limit is { } given and (< 1 or > MaxSize) ? BackendProblems.LimitOutOfRange(given, MaxSize) : null;

    /// <summary>The page of rows of which one more than its size was read.</summary>
    public static PageResponse<TItem> Of<TRow, TItem>(
        IReadOnlyList<TRow> rows,
        int size,
        Func<TRow, TItem> convert,
        Func<TRow, string> cursor
    )
    {
        var items = rows.Take(size).Select(convert).ToList();
        return new PageResponse<TItem>(items, rows.Count > size ? cursor(rows[size - 1]) : null);
    }
}
