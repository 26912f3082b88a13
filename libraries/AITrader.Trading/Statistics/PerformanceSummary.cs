namespace AITrader.Trading.Statistics;

/// <summary>The numbers of a run, each by its name: what is stored, compared and shown of a <see cref="PerformanceReport"/>. What is
/// undefined is null.</summary>
public sealed record PerformanceSummary
{
    /// <summary>Equity at the end, in the account's currency.</summary>
    public decimal? FinalEquity { get; init; }

    /// <summary>Last equity over the first, less one.</summary>
    public double? TotalReturn { get; init; }

    /// <summary>Compound annual growth rate.</summary>
    public double? AnnualReturn { get; init; }

    /// <summary>Annual volatility.</summary>
    public double? AnnualVolatility { get; init; }

    /// <summary>Depth of the deepest drawdown as a fraction of the peak: negative, or zero where equity never fell.</summary>
    public decimal? MaxDrawdown { get; init; }

    /// <summary>Sharpe ratio.</summary>
    public double? Sharpe { get; init; }

    /// <summary>Sortino ratio.</summary>
    public double? Sortino { get; init; }

    /// <summary>Calmar ratio.</summary>
    public double? Calmar { get; init; }

    /// <summary>Omega ratio.</summary>
    public double? Omega { get; init; }

    /// <summary>Value at risk of a day at 95 %.</summary>
    public double? ValueAtRisk95 { get; init; }

    /// <summary>Conditional value at risk of a day at 95 %.</summary>
    public double? ConditionalValueAtRisk95 { get; init; }

    /// <summary>Probability that the true Sharpe ratio is above zero.</summary>
    public double? ProbabilisticSharpe { get; init; }

    /// <summary>Number of fills.</summary>
    public int Fills { get; init; }

    /// <summary>Quantity times price of all fills.</summary>
    public decimal Notional { get; init; }

    /// <summary>Fees of all fills.</summary>
    public decimal Fees { get; init; }

    /// <summary>Paid above the arrival prices, or received below them.</summary>
    public decimal? Slippage { get; init; }

    /// <summary>Closed trades, first in, first out.</summary>
    public int Trades { get; init; }

    /// <summary>Wins / trades.</summary>
    public double? WinRate { get; init; }

    /// <summary>Gross profit / |gross loss|.</summary>
    public double? ProfitFactor { get; init; }

    /// <summary>Net profit / trades.</summary>
    public decimal? Expectancy { get; init; }

    /// <summary>Average win / |average loss|.</summary>
    public double? Payoff { get; init; }

    /// <summary>Share of the time in the market.</summary>
    public double? Exposure { get; init; }

    /// <summary>Turnover a year.</summary>
    public double? Turnover { get; init; }

    /// <summary>The numbers of a report.</summary>
    /// <param name="report">Statistics of a run.</param>
    /// <param name="finalEquity">Equity at the end; null where the run has none.</param>
    public static PerformanceSummary Of(PerformanceReport report, decimal? finalEquity)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new PerformanceSummary
        {
            FinalEquity = finalEquity,
            TotalReturn = report.TotalReturn,
            AnnualReturn = report.AnnualReturn,
            AnnualVolatility = report.AnnualVolatility,
            MaxDrawdown = report.Drawdowns.MaxDepth,
            Sharpe = report.Sharpe,
            Sortino = report.Sortino,
            Calmar = report.Calmar,
            Omega = report.Omega,
            ValueAtRisk95 = report.ValueAtRisk95,
            ConditionalValueAtRisk95 = report.ConditionalValueAtRisk95,
            ProbabilisticSharpe = report.ProbabilisticSharpe,
            Fills = report.Costs.Fills,
            Notional = report.Costs.Notional,
            Fees = report.Costs.Fees,
            Slippage = report.Costs.Slippage,
            Trades = report.Trades.Count,
            WinRate = report.Trades.WinRate,
            ProfitFactor = report.Trades.ProfitFactor,
            Expectancy = report.Trades.Expectancy,
            Payoff = report.Trades.Payoff,
            Exposure = report.Exposure,
            Turnover = report.Turnover,
        };
    }
}
