using AITrader.Storage.Rows;

namespace AITrader.Backend.Adjustments;

/// <summary>A split or a dividend that is to be booked into the live account.</summary>
/// <param name="Kind">split or dividend.</param>
/// <param name="Symbol">The symbol.</param>
/// <param name="ExDate">First day of trading with new units, or without the dividend: yyyy-MM-dd.</param>
/// <param name="NewUnits">Of a split: so many new units.</param>
/// <param name="OldUnits">For so many old ones.</param>
/// <param name="CashPrice">Price of a new unit at which what a split leaves over is paid out.</param>
/// <param name="PerUnit">Of a dividend: amount a unit, in the symbol's currency.</param>
/// <param name="Withheld">Tax withheld of a dividend that is received, 0 to 1.</param>
internal sealed record AdjustmentRequest(
    string Kind,
    string Symbol,
    string ExDate,
    int? NewUnits = null,
    int? OldUnits = null,
    decimal? CashPrice = null,
    decimal? PerUnit = null,
    decimal? Withheld = null
);

/// <summary>A split or a dividend, and what came of it.</summary>
internal sealed record AdjustmentResponse(
    Guid Id,
    string Kind,
    string Symbol,
    DateOnly ExDate,
    int? NewUnits,
    int? OldUnits,
    decimal? CashPrice,
    decimal? PerUnit,
    decimal Withheld,
    string State,
    string Reason,
    DateTimeOffset RequestedAt,
    DateTimeOffset? DecidedAt,
    decimal QtyBefore,
    decimal QtyAfter,
    decimal Amount,
    decimal Realised
)
{
    public static AdjustmentResponse Of(AdjustmentRow row) =>
        new(
            row.Id,
            row.Kind,
            row.Symbol,
            row.ExDate,
            row.NewUnits,
            row.OldUnits,
            row.CashPrice,
            row.PerUnit,
            row.Withheld,
            row.State,
            row.Reason,
            row.RequestedAt,
            row.DecidedAt,
            row.QuantityBefore,
            row.QuantityAfter,
            row.Amount,
            row.Realised
        );
}

/// <summary>Splits and dividends of the live account, newest first.</summary>
internal sealed record AdjustmentList(IReadOnlyList<AdjustmentResponse> Items);
