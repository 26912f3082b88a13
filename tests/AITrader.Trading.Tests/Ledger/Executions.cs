using AITrader.Domain.Orders;

namespace AITrader.Trading.Tests.Ledger;

/// <summary>Executions for books.</summary>
internal static class Executions
{
    public static Fill Of(decimal signed, decimal price, decimal fee = 0m, string symbol = Make.Symbol, double at = 0) =>
        new()
        {
            ExecId = Make.Id(1),
            OrderId = Make.Id(1),
            Symbol = symbol,
            Side = signed > 0m ? Side.Buy : Side.Sell,
            Quantity = Math.Abs(signed),
            Price = price,
            Fee = fee,
            IsTaker = true,
            Timestamp = Make.At(at),
            Seq = 1,
        };
}
