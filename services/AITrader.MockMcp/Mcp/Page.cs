namespace AITrader.MockMcp.Mcp;

/// <summary>Parts of long lists.</summary>
internal static class Page
{
    public static ToolSchema Schema =>
        new ToolSchema()
            .Number("from", "Starting index for pagination (0-based). Default: 0")
            .Number(
                "limit",
                "Maximum number of items to return. If not specified, returns all; when specified, the response has pagination metadata."
            );

    /// <summary>The list from an index on, and with its place in the whole where a limit is given.</summary>
    public static object Of<T>(IReadOnlyList<T> all, ToolArguments arguments)
    {
        var (from, limit) = (arguments.Whole("from"), arguments.Whole("limit"));
        var start = Math.Clamp(from, 0, all.Count);
        if (limit <= 0)
        {
            return all.Skip(start).ToList();
        }

        var part = all.Skip(start).Take(limit).ToList();
        return new
        {
            Data = part,
            Pagination = new
            {
                From = from,
                Limit = limit,
                Total = all.Count,
                HasMore = from + part.Count < all.Count,
                Returned = part.Count,
            },
        };
    }
}
