using AITrader.Trading.Ledger;
using AITrader.Trading.Market;

namespace AITrader.Trading.Engine;

/// <content>Splits: what the market showed before counts for new units.</content>
public sealed partial class TradingDesk
{
    /// <summary>Counts a symbol's last price for new units, until the market shows another one; quotes before the split are no
    /// quotes any more.</summary>
    public void Rescale(StockSplit split)
    {
        ArgumentNullException.ThrowIfNull(split);
        if (_markets.TryGetValue(split.Symbol, out var market))
        {
            _markets[split.Symbol] = MarketState.Empty with
            {
                Mark = market.Mark is { } mark ? decimal.Round(split.PriceOf(mark), MarkDecimals, MidpointRounding.ToEven) : null,
                Newest = market.Newest,
            };
        }
    }

    private const int MarkDecimals = 8;
}
