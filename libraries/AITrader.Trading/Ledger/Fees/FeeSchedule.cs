using AITrader.Domain.Orders;

namespace AITrader.Trading.Ledger.Fees;

/// <summary>What a broker charges for a segment and product from a date on.</summary>
public sealed record FeeSchedule
{
    private const decimal BpsPerUnit = 10_000m;
    private const int CoinDecimals = 8;

    /// <summary>Broker, such as ZERODHA.</summary>
    public required string Broker { get; init; }

    /// <summary>Exchange as the broker names it, such as NSE, or NFO for its derivatives.</summary>
    public required string Exchange { get; init; }

    /// <summary>Segment: EQUITY, FUTURES, OPTIONS, SPOT.</summary>
    public required string Segment { get; init; }

    /// <summary>Product, such as CNC or MIS; null where all of the segment pay the same.</summary>
    public string? Product { get; init; }

    /// <summary>Currency of its amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>First day, of the exchange, that it holds for.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Where it was published.</summary>
    public required string Source { get; init; }

    /// <summary>Decimals that each line is rounded to, half to even.</summary>
    public required int Decimals { get; init; }

    /// <summary>Its lines.</summary>
    public required IReadOnlyList<FeeRule> Rules { get; init; }

    /// <summary>A schedule of one line in basis points of the notional, at eight decimals, for all time: what instruments of crypto markets
    /// have as their fee.</summary>
    public static FeeSchedule OfBps(string broker, string exchange, string currency, decimal bps) =>
        new()
        {
            Broker = broker,
            Exchange = exchange,
            Segment = "SPOT",
            Currency = currency,
            EffectiveFrom = DateOnly.MinValue,
            Source = "basis points of the instrument",
            Decimals = CoinDecimals,
            Rules = [new FeeRule { Name = "commission", Rate = bps / BpsPerUnit }],
        };

    /// <summary>The fee of a fill.</summary>
    /// <param name="side">Side of the order.</param>
    /// <param name="turnover">Quantity times price of the fill; of an option, of its premium.</param>
    /// <param name="before">The same of the fills of its order before it.</param>
    /// <remarks>A fill pays what the order owes with it less what the order owed without it. So flat amounts and caps are an order's,
    /// however many fills it has, and its fills' lines sum exactly to the order's.</remarks>
    public FeeBreakdown Charge(Side side, decimal turnover, decimal before = 0m)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(turnover);
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        var owed = LinesOf(side, before + turnover);
        var paid = LinesOf(side, before);
        return new FeeBreakdown(
            Currency,
            [.. owed.Zip(paid, static (with, without) => with with { Amount = with.Amount - without.Amount })]
        );
    }

    private List<FeeLine> LinesOf(Side side, decimal turnover)
    {
        var lines = new List<FeeLine>(Rules.Count);
        foreach (var rule in Rules)
        {
            lines.Add(new FeeLine(rule.Name, rule.AmountOf(side, turnover, lines, Decimals)));
        }

        return lines;
    }
}
