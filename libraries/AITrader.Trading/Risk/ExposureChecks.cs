using AITrader.Domain.Orders;

namespace AITrader.Trading.Risk;

/// <summary>Limits of what is held and what may come of working orders; those in doubt count as executed.</summary>
internal static class ExposureChecks
{
    private static readonly LimitKind[] Measured =
    [
        LimitKind.Position,
        LimitKind.PositionNotional,
        LimitKind.GrossExposure,
        LimitKind.NetExposure,
        LimitKind.SymbolShare,
        LimitKind.SectorShare,
    ];

    /// <summary>All of them, in order.</summary>
    public static Func<RiskContext, Denial?>[] All { get; } = [WorkingOrders, Exposed];

    private static Denial? WorkingOrders(RiskContext context) =>
        context.Working.Count + 1 > context.Limits[LimitKind.WorkingOrders]
            ? Denial.Of(DenialCodes.WorkingOrders, ("count", context.Working.Count + 1), ("max", context.Limits[LimitKind.WorkingOrders]))
            : null;

    private static Denial? Exposed(RiskContext context)
    {
        if (!context.Limits.Bounds.HasAny(Measured))
        {
            return null;
        }

        var before = context.Account();
        var after = before.With(context.Request, context.Terms!.Sector, context.Market.Mark * context.Rate);
        return after.Symbols.Values.FirstOrDefault(static symbol => !symbol.IsMeasurable) is { } blind
            ? Denial.Of(DenialCodes.NoReferencePrice, ("symbol", blind.Symbol))
            : Position(context, after) ?? Account(context, before, after) ?? Concentration(context, before, after);
    }

    private static Denial? Position(RiskContext context, AccountExposure after)
    {
        var symbol = after.Symbols[context.Request.Symbol];
        var isBuy = context.Request.Side == Side.Buy;
        var quantity = Math.Abs(isBuy ? symbol.Position + symbol.OpenBuys : symbol.Position - symbol.OpenSells);
        var notional = Math.Abs(isBuy ? symbol.Longest : symbol.Shortest);
        return Over(DenialCodes.PositionLimit, "qty", quantity, context.Limits[LimitKind.Position])
            ?? Over(DenialCodes.PositionLimit, "notional", notional, context.Limits[LimitKind.PositionNotional]);
    }

    private static Denial? Account(RiskContext context, AccountExposure before, AccountExposure after)
    {
        var gross =
            after.Gross > before.Gross
                ? Over(DenialCodes.GrossExposure, "notional", after.Gross, context.Limits[LimitKind.GrossExposure])
                : null;
        return gross ?? Over(DenialCodes.NetExposure, "notional", after.Net(context.Request.Side), context.Limits[LimitKind.NetExposure]);
    }

    private static Denial? Concentration(RiskContext context, AccountExposure before, AccountExposure after)
    {
        var (symbol, sector) = (context.Request.Symbol, context.Terms!.Sector);
        var worst = after.Symbols[symbol].Worst;
        var adds = worst > (before.Symbols.GetValueOrDefault(symbol)?.Worst ?? 0m);
        var ofSymbol = adds
            ? Share(DenialCodes.SymbolConcentration, symbol, worst, after.Equity, context.Limits[LimitKind.SymbolShare])
            : null;
        return ofSymbol is null && adds && sector.Length > 0
            ? Share(DenialCodes.SectorConcentration, sector, after.OfSector(sector), after.Equity, context.Limits[LimitKind.SectorShare])
            : ofSymbol;
    }

    private static Denial? Over(string code, string key, decimal value, decimal? max) =>
        value > max ? Denial.Of(code, (key, value), ("max", max)) : null;

    // Multiplied out, so that no equity left means that nothing may be added.
    private static Denial? Share(string code, string name, decimal notional, decimal equity, decimal? max) =>
        notional > max * Math.Max(0m, equity)
            ? Denial.Of(code, ("of", name), ("notional", notional), ("equity", equity), ("max", max))
            : null;
}
