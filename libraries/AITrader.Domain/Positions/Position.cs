namespace AITrader.Domain.Positions;

/// <summary>A position at average cost. Immutable.</summary>
/// <param name="Symbol">Instrument.</param>
/// <param name="Quantity">Signed quantity: positive long, negative short.</param>
/// <param name="Cost">Signed cost of the open quantity: what was paid for a long, minus what was received for a short.</param>
/// <param name="Realised">Realised profit before fees.</param>
/// <param name="Fees">Fees paid.</param>
public sealed record Position(string Symbol, decimal Quantity, decimal Cost, decimal Realised, decimal Fees)
{
    private const int CostDecimals = 8;

    /// <summary>Average entry price at eight decimals; zero when flat.</summary>
    public decimal AveragePrice => Quantity == 0m ? 0m : decimal.Round(Cost / Quantity, CostDecimals, MidpointRounding.ToEven);

    /// <summary>No position.</summary>
    public static Position Flat(string symbol) => new(symbol, 0m, 0m, 0m, 0m);

    /// <summary>Profit of the open quantity at a price.</summary>
    public decimal Unrealised(decimal price) => (Quantity * price) - Cost;

    /// <summary>The position after a signed fill.</summary>
    /// <remarks>
    /// A fill against the position closes first: cost leaves in proportion, rounded half to even at eight decimals, and what
    /// leaves cost and what enters profit are the same number, so nothing is lost to rounding. What is left of a fill that
    /// flips opens at the fill's price.
    /// </remarks>
    public Position Apply(decimal signedQuantity, decimal price, decimal fee)
    {
        var opposes = Quantity != 0m && Math.Sign(signedQuantity) != Math.Sign(Quantity);
        if (!opposes)
        {
            return this with { Quantity = Quantity + signedQuantity, Cost = Cost + (signedQuantity * price), Fees = Fees + fee };
        }

        var closed = Math.Sign(Quantity) * Math.Min(Math.Abs(signedQuantity), Math.Abs(Quantity));
        var costOut = closed == Quantity ? Cost : decimal.Round(Cost * closed / Quantity, CostDecimals, MidpointRounding.ToEven);
        var opened = signedQuantity + closed;
        return this with
        {
            Quantity = Quantity + signedQuantity,
            Cost = Cost - costOut + (opened * price),
            Realised = Realised + (closed * price) - costOut,
            Fees = Fees + fee,
        };
    }
}
