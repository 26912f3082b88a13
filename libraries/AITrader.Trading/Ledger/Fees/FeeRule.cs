using AITrader.Domain.Orders;

namespace AITrader.Trading.Ledger.Fees;

/// <summary>How one line of a fee is made: flat + rate · turnover of the order so far, at most the cap; or a rate of other lines.</summary>
public sealed record FeeRule
{
    /// <summary>Name of the line, such as brokerage, STT or GST.</summary>
    public required string Name { get; init; }

    /// <summary>Fraction of the turnover, or of the lines in <see cref="Of"/>.</summary>
    public decimal Rate { get; init; }

    /// <summary>Amount an order.</summary>
    public decimal Flat { get; init; }

    /// <summary>Most that an order pays; null without a limit.</summary>
    public decimal? Cap { get; init; }

    /// <summary>The side that pays; null where both do.</summary>
    public Side? Side { get; init; }

    /// <summary>Names of the lines that it is a tax on; empty where it is on turnover. They stand before it.</summary>
    /// <remarks>The generated reader sets every property that can only be initialised, to null where the document has none.</remarks>
    public IReadOnlyList<string> Of
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>What an order of a side pays for its turnover so far.</summary>
    internal decimal AmountOf(Side side, decimal turnover, IReadOnlyList<FeeLine> before, int decimals)
    {
        if (turnover == 0m || (Side is { } payer && payer != side))
        {
            return 0m;
        }

        var taxed = Of.Count == 0 ? turnover : before.Where(line => Of.Contains(line.Name)).Sum(static line => line.Amount);
        var amount = Flat + (Rate * taxed);
        return decimal.Round(Cap is { } cap ? Math.Min(amount, cap) : amount, decimals, MidpointRounding.ToEven);
    }
}
