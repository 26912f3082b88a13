using System.Globalization;
using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Data;
using AITrader.Backend.Identity;
using AITrader.Backend.Problems;
using AITrader.Domain.Ids;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.Backend.Adjustments;

/// <summary>Splits and dividends: asked for here, booked by the execution engine.</summary>
internal static class AdjustmentEndpoints
{
    private const string KeyHeader = "Idempotency-Key";
    private const int Listed = 500;

    public static void MapAdjustments(this IEndpointRouteBuilder routes)
    {
        var adjustments = routes.MapGroup("/adjustments").WithTags("account");
        adjustments.MapGet("/", ListAsync).WithName("ListAdjustments").WithSummary("Splits and dividends of the live account.");
        adjustments
            .MapPost("/", RequestAsync)
            .RequireAuthorization(AuthHostExtensions.TraderPolicy)
            .Produces<AdjustmentResponse>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithName("RequestAdjustment")
            .WithSummary("Asks for a split or a dividend to be booked into the live account.");
    }

    private static async Task<AdjustmentList> ListAsync(AdjustmentStore store, CancellationToken ct) =>
        new([.. (await store.ListAsync(Listed, ct)).Select(AdjustmentResponse.Of)]);

    private static async Task<IResult> RequestAsync(
        AdjustmentRequest body,
        [FromHeader(Name = KeyHeader)] string? key,
        [AsParameters] AdjustmentServices services,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        var id = services.Ids.NewId();
        if (!string.IsNullOrEmpty(key) && (!Guid.TryParse(key, out id) || id == Guid.Empty))
        {
            return BackendProblems.BadKey(KeyHeader);
        }

        if (ProblemOf(body, services.Time.GetUtcNow(), out var exDate) is { } problem)
        {
            return BackendProblems.BadAdjustment(problem);
        }

        if (!await services.Symbols.IsKnownAsync(body.Symbol, ct))
        {
            return BackendProblems.UnknownSymbol(body.Symbol);
        }

        return await services.Store.RequestAsync(RowOf(id, body, exDate, services.Time.GetUtcNow()), user.UserId, ct) is { } row
            ? Answer(id, body, exDate, row)
            : BackendProblems.AdjustedAlready(body.Kind, body.Symbol, body.ExDate);
    }

    // The same request may be repeated under its key; another one may not have it.
    private static IResult Answer(Guid id, AdjustmentRequest body, DateOnly exDate, AdjustmentRow row) =>
        (row.Kind, row.Symbol, row.ExDate, row.NewUnits, row.OldUnits, row.CashPrice, row.PerUnit, row.Withheld)
        == (body.Kind, body.Symbol, exDate, body.NewUnits, body.OldUnits, body.CashPrice, body.PerUnit, body.Withheld ?? 0m)
            ? TypedResults.Accepted("/api/v1/adjustments", AdjustmentResponse.Of(row))
            : BackendProblems.KeyTaken(KeyHeader, id);

    private static AdjustmentRow RowOf(Guid id, AdjustmentRequest body, DateOnly exDate, DateTimeOffset now) =>
        new()
        {
            Id = id,
            Kind = body.Kind,
            Symbol = body.Symbol,
            ExDate = exDate,
            NewUnits = body.NewUnits,
            OldUnits = body.OldUnits,
            CashPrice = body.CashPrice,
            PerUnit = body.PerUnit,
            Withheld = body.Withheld ?? 0m,
            RequestedAt = now,
        };

    private static string? ProblemOf(AdjustmentRequest body, DateTimeOffset now, out DateOnly exDate) =>
        !DateOnly.TryParseExact(body.ExDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out exDate)
            ? $"ex_date is '{body.ExDate}'; it must be a day such as 2026-12-01."
        // Nowhere is it more than 14 hours later than in UTC.
        : exDate.ToDateTime(TimeOnly.MinValue) > now.UtcDateTime.AddHours(14)
            ? $"ex_date {body.ExDate} is ahead: book it on that day, before the first trade of {body.Symbol}."
        : body.Kind switch
        {
            AdjustmentKinds.Split => ProblemOfSplit(body),
            AdjustmentKinds.Dividend => ProblemOfDividend(body),
            _ => $"kind '{body.Kind}' is neither split nor dividend.",
        };

    private static string? ProblemOfSplit(AdjustmentRequest body) =>
        body is { PerUnit: not null } or { Withheld: not null } ? "per_unit and withheld are of dividends."
        : body.NewUnits is not > 0 || body.OldUnits is not > 0 ? "A split has new_units and old_units above zero: 2 for 1 are two for one."
        : body.NewUnits == body.OldUnits ? "new_units and old_units are the same: that splits nothing."
        : body.CashPrice is <= 0m || !AccountNumbers.Fits(body.CashPrice ?? 0m)
            ? "cash_price must be above zero, with at most eight decimals."
        : null;

    private static string? ProblemOfDividend(AdjustmentRequest body) =>
        body is { NewUnits: not null } or { OldUnits: not null } or { CashPrice: not null }
            ? "new_units, old_units and cash_price are of splits."
        : body.PerUnit is not > 0m || !AccountNumbers.Fits(body.PerUnit.Value)
            ? "A dividend has per_unit above zero, with at most eight decimals."
        : body.Withheld is < 0m or > 1m ? "withheld is a part of 1, such as 0.1."
        : null;
}

/// <summary>What a request needs.</summary>
internal sealed record AdjustmentServices(AdjustmentStore Store, KnownSymbols Symbols, IIdSource Ids, TimeProvider Time);
