namespace AITrader.Kill.Tests.Stack;

/// <summary>A strategy that trades all the time: in and out at the market, and orders that rest and are cancelled.</summary>
internal static class ChurnStrategy
{
    public const string Code = """
        public sealed class Churn : Strategy
        {
            private Guid? _resting;
            private int _ticks;

            protected override void OnStart() => Data.Ticks(Data.Symbols[0]);

            protected override void OnTick(Tick tick)
            {
                _ticks++;
                if (_ticks % 8 == 0 && Portfolio.Working.Count < 4)
                {
                    if (Portfolio.PositionOf(tick.Symbol).Quantity > 0m)
                    {
                        Orders.Sell(tick.Symbol, 10m);
                    }
                    else
                    {
                        Orders.Buy(tick.Symbol, 10m);
                    }
                }

                if (_ticks % 12 == 0)
                {
                    if (_resting is { } id)
                    {
                        Orders.Cancel(id);
                        _resting = null;
                    }
                    else if (Portfolio.PriceOf(tick.Symbol) is { } price)
                    {
                        _resting = Orders.BuyLimit(tick.Symbol, 3m, Math.Round(price * 0.99m, 0), TimeInForce.Day);
                    }
                }
            }
        }
        """;
}
