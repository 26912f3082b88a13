using AITrader.Trading.Engine;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Runs;

/// <summary>What the starting cash would be worth in equal parts in every symbol, each bought at its first price, without costs.</summary>
internal sealed class BuyAndHold(TradingDesk desk, IReadOnlyList<string> symbols, decimal cash)
{
    private readonly decimal?[] _first = new decimal?[symbols.Count];
    private readonly List<EquityPoint> _points = [];

    internal IReadOnlyList<EquityPoint> Points => _points;

    internal void Take(DateTimeOffset time)
    {
        var part = cash / symbols.Count;
        var value = 0m;
        for (var i = 0; i < symbols.Count; i++)
        {
            var price = desk.Mark(symbols[i]);
            _first[i] ??= price;
            value += price is { } known && _first[i] is > 0m and var first ? part * known / first : part;
        }

        _points.Add(new EquityPoint(time, value));
    }
}
