using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Trading.Ledger;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Runs;

/// <summary>An account at a moment.</summary>
/// <param name="Time">Event time.</param>
/// <param name="Equity">Cash plus the market value of all positions.</param>
/// <param name="Cash">Cash.</param>
/// <param name="Exposure">Market value of all positions without their signs.</param>
public readonly record struct AccountPoint(DateTimeOffset Time, decimal Equity, decimal Cash, decimal Exposure);

/// <summary>A line that the strategy wrote.</summary>
/// <param name="Time">Event time.</param>
/// <param name="Text">The line.</param>
public readonly record struct LogLine(DateTimeOffset Time, string Text);

/// <summary>What a backtest did.</summary>
public sealed record BacktestResult
{
    /// <summary>Id of the run: follows from data, strategy, options and settings.</summary>
    public required string Run { get; init; }

    /// <summary>Name of the strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>The options that it ran with.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Symbols of the data.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Currency of every amount.</summary>
    public required string Currency { get; init; }

    /// <summary>Cash at the start.</summary>
    public required decimal StartingCash { get; init; }

    /// <summary>Time of the first tick.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Time of the last tick.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Ticks that it ran on.</summary>
    public required long Ticks { get; init; }

    /// <summary>SHA-256 of the data.</summary>
    public required string DataHash { get; init; }

    /// <summary>Equity over time; the first point is the start, the last one the end.</summary>
    public required IReadOnlyList<AccountPoint> Equity { get; init; }

    /// <summary>Returns over whole intervals of event time, at moments that the data alone gives.</summary>
    public required IReadOnlyList<double> PeriodReturns { get; init; }

    /// <summary>Length of such an interval.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Orders as they ended, in the order in which they were placed.</summary>
    public required IReadOnlyList<Order> Orders { get; init; }

    /// <summary>Executions, in their order.</summary>
    public required IReadOnlyList<Fill> Fills { get; init; }

    /// <summary>Signals that the strategy was told, in their order.</summary>
    public IReadOnlyList<Signal> Signals { get; init; } = [];

    /// <summary>Entries and the exits that closed them, first in, first out, in the order of their exits.</summary>
    public required IReadOnlyList<ClosedTrade> Trades { get; init; }

    /// <summary>Entries of what is still open at the end.</summary>
    public required IReadOnlyList<DateTimeOffset> OpenSince { get; init; }

    /// <summary>What the orders of each tag did, by tag; their profits and fees add up to those of the run.</summary>
    public required IReadOnlyList<TagAttribution> Tags { get; init; }

    /// <summary>Price of the newest tick when each order was placed, by its id: what slippage is measured against.</summary>
    public required IReadOnlyDictionary<Guid, decimal> ArrivalPrices { get; init; }

    /// <summary>The starting cash in equal parts in every symbol from its first price on, without costs.</summary>
    public required IReadOnlyList<EquityPoint> Benchmark { get; init; }

    /// <summary>What the strategy wrote.</summary>
    public required IReadOnlyList<LogLine> Log { get; init; }

    /// <summary>Realised profit before fees.</summary>
    public required decimal Realised { get; init; }

    /// <summary>Profit of the positions that are still open at the end.</summary>
    public required decimal Unrealised { get; init; }

    /// <summary>Fees paid.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Equity at the end.</summary>
    public decimal FinalEquity => Equity[^1].Equity;
}
