using AITrader.Domain.Orders;
using AITrader.ServiceDefaults.Instruments;
using AITrader.Trading.Ledger.Fees;
using AITrader.Trading.Risk;

namespace AITrader.ExecutionEngine.Brokers;

/// <summary>Fees by a broker's published table: by exchange, segment and product, as of the exchange's day.</summary>
internal sealed class FeeBook(FeeTable table, string broker, string product, TradableInstruments instruments)
{
    private static readonly TimeSpan India = TimeSpan.FromHours(5.5);

    /// <summary>The fee of an execution.</summary>
    /// <exception cref="MissingFeeScheduleException">The table has none.</exception>
    public decimal Of(Order order, decimal quantity, decimal price, DateTimeOffset at) =>
        ScheduleOf(order.Request.Symbol, at).Charge(order.Request.Side, quantity * price, order.FilledNotional).Total;

    /// <summary>Why an order of a symbol would have no fee; null where it has one. A fee is never guessed.</summary>
    public Denial? RefusalOf(string symbol, DateTimeOffset at)
    {
        try
        {
            ScheduleOf(symbol, at);
            return null;
        }
        catch (MissingFeeScheduleException)
        {
            return Denial.Of("FEE_SCHEDULE_MISSING", ("table", broker), ("symbol", symbol), ("product", product));
        }
    }

    private FeeSchedule ScheduleOf(string symbol, DateTimeOffset at)
    {
        var exchange = instruments.Find(symbol)?.Exchange ?? string.Empty;
        return table.For(broker, exchange, SegmentOf(exchange, symbol), product, DateOnly.FromDateTime(at.ToOffset(India).Date));
    }

    private static string SegmentOf(string exchange, string symbol) =>
        exchange switch
        {
            "NSE" or "BSE" => "EQUITY",
            "NFO" or "BFO" => symbol.EndsWith("CE", StringComparison.Ordinal) || symbol.EndsWith("PE", StringComparison.Ordinal)
                ? "OPTIONS"
                : "FUTURES",
            _ => "SPOT",
        };
}
