namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>The code of strategies that tests host.</summary>
internal static class SampleStrategies
{
    /// <summary>Every part that a strategy may use: ticks, signals, timers, exits, limits that rest, cancels, answers to fills.</summary>
    public const string Everything = """
        public sealed class Everything : Strategy
        {
            private Guid? _resting;
            private int _signals;

            protected override void OnStart()
            {
                foreach (var symbol in Data.Symbols)
                {
                    Data.Ticks(symbol);
                    Data.Signals(symbol);
                    Exits.Stop(symbol, Distance.Bps(6m));
                    Exits.Target(symbol, Distance.Bps(9m));
                }

                Timers.Every(TimeSpan.FromSeconds(7), "look");
            }

            protected override void OnTimer(string name)
            {
                var symbol = Data.Symbols[0];
                if (_resting is { } id)
                {
                    Orders.Cancel(id);
                }

                var held = Portfolio.PositionOf(symbol).Quantity;
                _resting = held == 0m && Portfolio.PriceOf(symbol) is { } price ? Orders.BuyLimit(symbol, 5m, price - 0.2m) : null;
            }

            protected override void OnSignal(Signal signal)
            {
                _signals++;
                if (_signals % 3 == 0 && Portfolio.PositionOf(signal.Symbol).Quantity == 0m && Portfolio.Working.Count < 4)
                {
                    Orders.Bracket(signal.Symbol, Side.Buy, 3m, signal.Price + 2m, signal.Price - 2m, tag: "signal");
                }
            }

            protected override void OnFill(Fill fill) => Log($"{fill.Symbol} {fill.Quantity}");
        }
        """;

    /// <summary>Rests an order, and fails some ticks later.</summary>
    public const string Failing = """
        public sealed class Failing : Strategy
        {
            private int _ticks;

            protected override void OnStart() => Data.Ticks(Data.Symbols[0]);

            protected override void OnTick(Tick tick)
            {
                _ticks++;
                if (_ticks == 50)
                {
                    Orders.BuyLimit(tick.Symbol, 1m, tick.Price - 100m);
                }

                if (_ticks == 80)
                {
                    throw new InvalidOperationException("a fault of mine");
                }
            }
        }
        """;

    /// <summary>Buys at its tenth and at its fortieth tick.</summary>
    public const string Counting = """
        public sealed class Counting : Strategy
        {
            private int _ticks;

            protected override void OnStart() => Data.Ticks(Data.Symbols[0]);

            protected override void OnTick(Tick tick)
            {
                _ticks++;
                if (_ticks is 10 or 40)
                {
                    Orders.Buy(tick.Symbol, 3m);
                }
            }
        }
        """;

    /// <summary>Buys at its tenth tick, sells a part at its fortieth, and buys again at its forty-fifth.</summary>
    public const string Turning = """
        public sealed class Turning : Strategy
        {
            private int _ticks;

            protected override void OnStart() => Data.Ticks(Data.Symbols[0]);

            protected override void OnTick(Tick tick)
            {
                _ticks++;
                if (_ticks is 10 or 45)
                {
                    Orders.Buy(tick.Symbol, 3m);
                }

                if (_ticks == 40)
                {
                    Orders.Sell(tick.Symbol, 2m);
                }
            }
        }
        """;

    /// <summary>Rests an order; when its terms are changed, asks for one more of the new quantity at the new price.</summary>
    public const string Resting = """
        public sealed class Resting : Strategy
        {
            private int _ticks;
            private bool _answered;

            protected override void OnStart() => Data.Ticks(Data.Symbols[0]);

            protected override void OnTick(Tick tick)
            {
                if (++_ticks == 10)
                {
                    Orders.BuyLimit(tick.Symbol, 3m, 1400m);
                }
            }

            protected override void OnOrder(OrderUpdate update)
            {
                if (update.Order.Quantity != 3m && !_answered)
                {
                    _answered = true;
                    Orders.BuyLimit(update.Order.Request.Symbol, update.Order.Quantity + 1m, update.Order.Request.LimitPrice!.Value);
                }
            }
        }
        """;

    /// <summary>Rests an order, and never comes back from a later tick; whatever stops it there, it goes on.</summary>
    public const string Endless = """
        public sealed class Endless : Strategy
        {
            private int _ticks;

            protected override void OnStart() => Data.Ticks(Data.Symbols[0]);

            protected override void OnTick(Tick tick)
            {
                _ticks++;
                if (_ticks == 50)
                {
                    Orders.BuyLimit(tick.Symbol, 1m, tick.Price - 100m);
                }

                while (_ticks >= 80)
                {
                    try
                    {
                        System.Threading.Thread.Sleep(20);
                        _ticks++;
                        if (_ticks > 110)
                        {
                            Orders.BuyLimit(tick.Symbol, 7m, tick.Price - 50m);
                        }
                    }
                    catch
                    {
                    }
                }
            }
        }
        """;

    /// <summary>Asks for more than its budget, and then for less.</summary>
    public const string Greedy = """
        public sealed class Greedy : Strategy
        {
            private bool _asked;

            protected override void OnStart() => Data.Ticks(Data.Symbols[0]);

            protected override void OnTick(Tick tick)
            {
                if (!_asked)
                {
                    _asked = true;
                    Orders.Buy(tick.Symbol, 40m);
                }
            }

            protected override void OnOrder(OrderUpdate update)
            {
                if (update.Status == OrderStatus.Denied && update.Reason.StartsWith("STRATEGY_BUDGET_EXCEEDED") && update.Order.Quantity > 10m)
                {
                    Orders.Buy(update.Order.Request.Symbol, 6m);
                }
            }
        }
        """;

    /// <summary>Averages of bars, as quick or slow as it is told; it trades or it does not.</summary>
    public static string Averages(bool trades) =>
        $$"""
            public sealed class Averages : Strategy
            {
                private Line _fast, _slow;

                protected override void OnStart()
                {
                    var bars = Data.Bars(Data.Symbols[0], TimeSpan.FromSeconds(2));
                    (_fast, _slow) = (bars.Ema(3), bars.Ema(8));
                }

                protected override void OnBar(BarFeed feed, in Bar bar)
                {
                    if ({{(trades ? "true" : "false")}} && _fast.CrossedAbove(_slow))
                    {
                        Orders.SetPosition(feed.Symbol, 10m);
                    }
                    else if (_fast.CrossedBelow(_slow))
                    {
                        Orders.Close(feed.Symbol);
                    }
                }
            }
            """;
}
