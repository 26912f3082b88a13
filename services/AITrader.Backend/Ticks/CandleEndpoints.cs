using AITrader.Backend.Problems;
using AITrader.Domain.Ticks;
using AITrader.Storage.Ticks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Ticks;

/// <summary>Bars of stored ticks.</summary>
internal static class CandleEndpoints
{
    private const int DefaultSize = 500;
    private const int MaxSize = 5000;
    private const string Trade = "trade";
    private const string Quote = "quote";

    private static readonly Dictionary<string, TimeSpan> Intervals = new(StringComparer.Ordinal)
    {
        ["1s"] = TimeSpan.FromSeconds(1),
        ["5s"] = TimeSpan.FromSeconds(5),
        ["15s"] = TimeSpan.FromSeconds(15),
        ["30s"] = TimeSpan.FromSeconds(30),
        ["1m"] = TimeSpan.FromMinutes(1),
        ["5m"] = TimeSpan.FromMinutes(5),
        ["15m"] = TimeSpan.FromMinutes(15),
        ["30m"] = TimeSpan.FromMinutes(30),
        ["1h"] = TimeSpan.FromHours(1),
        ["4h"] = TimeSpan.FromHours(4),
        ["1d"] = TimeSpan.FromDays(1),
    };

    public static void MapCandles(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/candles", ListAsync)
            .WithName("ListCandles")
            .WithTags("ticks")
            .WithSummary("Bars of stored ticks: the newest of a range, oldest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<CandlesResponse>, ProblemHttpResult>> ListAsync(
        [AsParameters] CandleFilter filter,
        ITickCandles candles,
        CancellationToken ct
    )
    {
        if (filter.Limit is < 1 or > MaxSize)
        {
            return BackendProblems.LimitOutOfRange(filter.Limit.Value, MaxSize);
        }

        if (filter.Kind is not (null or Trade or Quote))
        {
            return BackendProblems.UnknownKind(filter.Kind);
        }

        if (filter.Interval is not { } interval || !Intervals.TryGetValue(interval, out var length))
        {
            return BackendProblems.UnknownInterval(filter.Interval, Intervals.Keys);
        }

        var (range, problem) = TickRanges.Read(RangeOf(filter));
        if (range is null || range.Symbols.Count == 0)
        {
            return BackendProblems.BadRange(range is null ? problem : "symbol is missing.");
        }

        var (symbol, size) = (range.Symbols[0], filter.Limit ?? DefaultSize);
        var query = new CandleQuery(symbol, length, range.From, range.Until, range.Run, KindOf(filter), size);
        return TypedResults.Ok(ResponseOf(symbol, interval, await candles.ReadAsync(query, ct)));
    }

    private static TickKind? KindOf(CandleFilter filter) =>
        filter.Kind switch
        {
            null => null,
            Trade => TickKind.Trade,
            _ => TickKind.Quote,
        };

    private static TickFilter RangeOf(CandleFilter filter) =>
        new()
        {
            Symbols = filter.Symbol is { } symbol ? [symbol] : [],
            From = filter.From ?? DateTimeOffset.UnixEpoch.ToString("O"),
            To = filter.To ?? DateTimeOffset.MaxValue.ToString("O"),
            Run = filter.Run,
        };

    private static CandlesResponse ResponseOf(string symbol, string interval, CandlePage page) =>
        new(
            symbol,
            interval,
            page.Run,
            page.Kind is { } kind ? TickResponse.NameOf(kind) : null,
            [.. page.Candles.Select(CandleResponse.From)],
            page.LastSeq,
            page.Previous
        );
}
