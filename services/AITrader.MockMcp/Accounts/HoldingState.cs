namespace AITrader.MockMcp.Accounts;

/// <summary>Shares in the depository, and those on their way into it.</summary>
internal sealed record HoldingState(string Exchange, string Symbol, uint Token)
{
    /// <summary>Bought on the day before, not yet delivered.</summary>
    public int T1 { get; init; }

    public int Delivered { get; init; }

    public decimal AveragePrice { get; init; }

    public int Quantity => T1 + Delivered;

    /// <summary>The next day: what was on its way is delivered, and a day's net purchase or sale comes in.</summary>
    public HoldingState NextDay(int bought, decimal price)
    {
        if (bought <= 0)
        {
            return this with { T1 = 0, Delivered = Quantity + bought };
        }

        return this with
        {
            T1 = bought,
            Delivered = Quantity,
            AveragePrice = ((Quantity * AveragePrice) + (bought * price)) / (Quantity + bought),
        };
    }
}
