using AITrader.Backend.Data;
using AITrader.Backend.Problems;
using AITrader.Storage.Ticks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.Backend.Ticks;

/// <summary>Stored ticks: pages, files, and what is missing.</summary>
internal static class TickEndpoints
{
    private const int DefaultSize = 500;
    private const int MaxSize = 5000;
    private const string NextHeader = "X-Next-Cursor";

    private static readonly TimeSpan DefaultThreshold = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MaxGapRange = TimeSpan.FromDays(31);

    public static void MapTicks(this IEndpointRouteBuilder routes)
    {
        var ticks = routes.MapGroup("/ticks").WithTags("ticks").ProducesProblem(StatusCodes.Status400BadRequest);
        ticks
            .MapGet("/", ListAsync)
            .WithName("ListTicks")
            .WithSummary("Stored ticks in the order of time; as CSV where text/csv is accepted.");
        ticks.MapGet("/export", ExportAsync).WithName("ExportTicks").WithSummary("Stored ticks of a range as a file.");
        ticks.MapGet("/gaps", GapsAsync).WithName("ListTickGaps").WithSummary("What seems to be missing, doubled or out of order.");
    }

    private static async Task<Results<Ok<PageResponse<TickResponse>>, ContentHttpResult, ProblemHttpResult>> ListAsync(
        [AsParameters] TickFilter filter,
        ITickHistory history,
        HttpContext context,
        CancellationToken ct,
        int? limit = null,
        string? after = null
    )
    {
        var (range, problem) = TickRanges.Read(filter);
        if (range is null || range.Symbols.Count == 0)
        {
            return BackendProblems.BadRange(range is null ? problem : "symbol is missing.");
        }

        if (limit is < 1 or > MaxSize)
        {
            return BackendProblems.LimitOutOfRange(limit.Value, MaxSize);
        }

        TickPlace? place = null;
        if (after is not null)
        {
            if (!TickRanges.TryReadCursor(after, out var read, out var run))
            {
                return BackendProblems.MalformedCursor();
            }

            (place, range) = (read, range with { Run = run });
        }

        return await PageAsync(history, range, place, limit ?? DefaultSize, context, ct);
    }

    private static async Task<Results<Ok<PageResponse<TickResponse>>, ContentHttpResult, ProblemHttpResult>> PageAsync(
        ITickHistory history,
        TickRange range,
        TickPlace? place,
        int size,
        HttpContext context,
        CancellationToken ct
    )
    {
        var run = range.Run ?? await history.FindRunAsync(range, ct);
        var found = run is null ? [] : await history.PageAsync(range with { Run = run }, place, size + 1, ct);
        var page = found.Take(size).ToList();
        var next = found.Count > size ? TickRanges.CursorOf(page[^1]) : null;
        if (!context.Request.GetTypedHeaders().Accept.Any(static accepted => accepted.MediaType == TickCsv.MediaType))
        {
            return TypedResults.Ok(new PageResponse<TickResponse>(page.ConvertAll(TickResponse.From), next));
        }

        if (next is not null)
        {
            context.Response.Headers[NextHeader] = next;
        }

        return TypedResults.Text(TickCsv.Write(page), TickCsv.MediaType);
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        [AsParameters] TickFilter filter,
        ITickHistory history,
        FileExports exports,
        CancellationToken ct,
        string format = FileExports.Csv
    )
    {
        var (range, problem) = TickRanges.Read(filter);
        if (range is null || range.Symbols.Count == 0)
        {
            return BackendProblems.BadRange(range is null ? problem : "symbol is missing.");
        }

        if (!FileExports.IsKnown(format))
        {
            return BackendProblems.UnknownFormat(format);
        }

        var run = range.Run ?? await history.FindRunAsync(range, ct);
        if (run is null || (await history.PageAsync(range = range with { Run = run }, after: null, limit: 1, ct)).Count == 0)
        {
            return BackendProblems.NoTicks();
        }

        return exports.TryBegin() ? FileOf(exports, history, range, format, ct) : BackendProblems.TooManyExports(FileExports.Most);
    }

    internal static PushStreamHttpResult FileOf(
        FileExports exports,
        ITickHistory history,
        TickRange range,
        string format,
        CancellationToken ct
    ) =>
        exports.Stream(
            range.Symbols is [var only] ? only : "ticks",
            format,
            (target, token) => TickCsv.WriteAsync(history.ReadAsync(range, after: null, ct), target, token),
            (target, token) => TickParquet.WriteAsync(history.ReadAsync(range, after: null, ct), target, token),
            ct
        );

    private static async Task<Results<Ok<TickGapsResponse>, ProblemHttpResult>> GapsAsync(
        [AsParameters] TickFilter filter,
        ITickHistory history,
        CancellationToken ct,
        double? threshold = null
    )
    {
        var (range, problem) = TickRanges.Read(filter);
        if (range is null || range.Until - range.From > MaxGapRange)
        {
            return BackendProblems.BadRange(range is null ? problem : $"from and to are at most {MaxGapRange.TotalDays} days apart.");
        }

        if (threshold is not (null or (> 0 and <= 86_400)))
        {
            return BackendProblems.BadRange("threshold is a number of seconds above 0, up to a day.");
        }

        var pause = threshold is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultThreshold;
        var run = range.Run ?? await history.FindRunAsync(range, ct);
        var days = run is null ? [] : await history.GapsAsync(range with { Run = run }, pause, new MarketSessions(), ct);
        return TypedResults.Ok(new TickGapsResponse(run, pause.TotalSeconds, days));
    }
}
