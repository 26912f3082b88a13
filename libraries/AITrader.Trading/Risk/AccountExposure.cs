using AITrader.Domain.Orders;

namespace AITrader.Trading.Risk;

/// <summary>A position and what its working orders may make of it.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Sector">Its sector; empty where unknown.</param>
/// <param name="Position">Signed quantity.</param>
/// <param name="OpenBuys">Open quantity of buys; those in doubt too.</param>
/// <param name="OpenSells">Open quantity of sales; those in doubt too.</param>
/// <param name="Price">Reference price; null where there is none.</param>
public sealed record SymbolExposure(string Symbol, string Sector, decimal Position, decimal OpenBuys, decimal OpenSells, decimal? Price)
{
    /// <summary>Signed notional when all buys are executed.</summary>
    public decimal Longest => (Position + OpenBuys) * (Price ?? 0m);

    /// <summary>Signed notional when all sales are executed.</summary>
    public decimal Shortest => (Position - OpenSells) * (Price ?? 0m);

    /// <summary>The larger of both without sign.</summary>
    public decimal Worst => Math.Max(Math.Abs(Longest), Math.Abs(Shortest));

    /// <summary>Whether it can be measured: a position without a price cannot.</summary>
    public bool IsMeasurable => Price > 0m || (Position == 0m && OpenBuys == 0m && OpenSells == 0m);

    /// <summary>With one more working order.</summary>
    public SymbolExposure With(Side side, decimal quantity) =>
        side == Side.Buy ? this with { OpenBuys = OpenBuys + quantity } : this with { OpenSells = OpenSells + quantity };
}

/// <summary>All positions and working orders of an account.</summary>
/// <param name="Symbols">By symbol.</param>
/// <param name="Equity">Equity of the account.</param>
public sealed record AccountExposure(IReadOnlyDictionary<string, SymbolExposure> Symbols, decimal Equity)
{
    /// <summary>Nothing.</summary>
    public static AccountExposure Empty { get; } = new(new Dictionary<string, SymbolExposure>(StringComparer.Ordinal), 0m);

    /// <summary>Sum of the worst of all symbols.</summary>
    public decimal Gross => Symbols.Values.Sum(static symbol => symbol.Worst);

    /// <summary>With one more working order.</summary>
    public AccountExposure With(OrderRequest request, string sector, decimal? price)
    {
        var before = Symbols.GetValueOrDefault(request.Symbol) ?? new SymbolExposure(request.Symbol, sector, 0m, 0m, 0m, price);
        var after = new Dictionary<string, SymbolExposure>(Symbols.Count + 1, StringComparer.Ordinal);
        foreach (var (symbol, exposure) in Symbols)
        {
            after[symbol] = exposure;
        }

        after[request.Symbol] = before.With(request.Side, request.Quantity);
        return this with { Symbols = after };
    }

    /// <summary>Notional on the side of an order when all of that side is executed: positive where it is exposed to that side.</summary>
    public decimal Net(Side side) =>
        side == Side.Buy ? Symbols.Values.Sum(static symbol => symbol.Longest) : -Symbols.Values.Sum(static symbol => symbol.Shortest);

    /// <summary>Worst notional of a sector.</summary>
    public decimal OfSector(string sector) => Symbols.Values.Where(symbol => symbol.Sector == sector).Sum(static symbol => symbol.Worst);
}
