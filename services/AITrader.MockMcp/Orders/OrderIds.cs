using System.Globalization;

namespace AITrader.MockMcp.Orders;

/// <summary>Numbers that are never given twice. An order id has 19 digits and is text: as a floating-point number it would lose its last
/// ones.</summary>
internal sealed class OrderIds
{
    private const long Epoch = 1_288_834_974_657;
    private const int SequenceBits = 22;
    private const long FirstExchangeId = 1_300_000_000_000_000;

    private long _order;
    private long _exchange = FirstExchangeId;
    private long _trade;
    private int _gtt = 100_000;

    public string NextOrder(DateTimeOffset now)
    {
        _order = Math.Max(_order + 1, (now.ToUnixTimeMilliseconds() - Epoch) << SequenceBits);
        return Text(_order);
    }

    public string NextExchangeOrder() => Text(++_exchange);

    public string NextTrade() => Text(++_trade);

    public int NextGtt() => ++_gtt;

    /// <summary>Goes on after what was given before a restart.</summary>
    public void Continue(BrokerOrder order)
    {
        _order = Math.Max(_order, Number(order.Id));
        _exchange = Math.Max(_exchange, order.ExchangeId is { } id ? Number(id) : 0);
    }

    public void Continue(Trade trade) => _trade = Math.Max(_trade, Number(trade.Id));

    public void Continue(int gtt) => _gtt = Math.Max(_gtt, gtt);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
