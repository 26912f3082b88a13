using AITrader.Domain.Instruments;
using AITrader.Trading.Fills;
using AITrader.Trading.Risk;

namespace AITrader.Backtesting.Runs;

/// <summary>What a backtest is run with, beside data and strategy.</summary>
public sealed record BacktestSettings
{
    /// <summary>Cash at the start, in the account's currency. 100 000.</summary>
    public decimal StartingCash { get; init; } = 100_000m;

    /// <summary>Currency of the account; that of the first symbol where null.</summary>
    public string? Currency { get; init; }

    /// <summary>Terms of the symbols.</summary>
    public InstrumentCatalogue Instruments { get; init; } = InstrumentCatalogue.Default;

    /// <summary>Bounds of the pre-trade checks; null for those of a backtest: none but cash, and quotes as old as a bar.</summary>
    public RiskLimits? Limits { get; init; }

    /// <summary>The simulator; null for 50 ms of latency on ticks, and none on bars, where an order meets the next open.</summary>
    public FillRules? Fills { get; init; }

    /// <summary>How the simulator fills beyond that: queue, latency, rejects, partial fills.</summary>
    public FillModel Model { get; init; } = FillModel.Touch;

    /// <summary>Time between two points of the equity curve; chosen by the length of the data where null.</summary>
    public TimeSpan? EquityInterval { get; init; }
}
