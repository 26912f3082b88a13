using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Indicators;
using AITrader.Signals.Tests.Patterns;

namespace AITrader.Signals.Tests.Indicators;

public sealed class SymbolStateTests
{
    private static readonly IndicatorPeriods Short = new(EmaFast: 4, EmaSlow: 9, Rsi: 6, Atr: 5, Channel: 13, Window: 20);

    [Fact]
    public void Equals_independent_computations_after_every_tick()
    {
        var state = new SymbolState(Short);
        var prices = new List<double>();
        var session = new List<(double Price, double Size)>();
        var day = -1L;
        foreach (var tick in Samples.Walk(21, 700))
        {
            double[] before = [.. prices.TakeLast(Short.Channel)];
            state.Apply(tick);
            if (tick.Kind == TickKind.Quote)
            {
                Assert.Equal((tick.Bid, tick.Ask), (state.Bid, state.Ask));
                continue;
            }

            if (EventTime.Session(tick.TimeMicros) != day)
            {
                day = EventTime.Session(tick.TimeMicros);
                session.Clear();
            }

            prices.Add((double)tick.Price.ToDecimal());
            session.Add((prices[^1], (double)tick.Size.ToDecimal()));
            Assert.Equal(NaiveSignals.Ema(prices, Short.EmaFast), state.EmaFast);
            Assert.Equal(NaiveSignals.Ema(prices, Short.EmaSlow), state.EmaSlow);
            Assert.Equal(NaiveSignals.Vwap(session), state.Vwap);
            Assert.Equal(TwoPassVariance(session.ConvertAll(static trade => trade.Price)), state.Variance, 1e-9);
            Assert.Equal(NaiveSignals.StdDev(session.Select(static trade => trade.Price)), state.StdDev);
            Assert.Equal(NaiveSignals.Wilder(NaiveSignals.Changes(prices).Select(Math.Abs), Short.Atr), state.Atr);
            Assert.Equal(Rsi(prices, Short.Rsi), state.Rsi);
            Assert.Equal(before.DefaultIfEmpty().Max(), state.ChannelHigh);
            Assert.Equal(before.DefaultIfEmpty().Min(), state.ChannelLow);
            var window = new double[Short.Window];
            Assert.Equal(prices.TakeLast(Short.Window), window.Take(state.CopyWindow(window)));
            Assert.Equal(prices.Count, state.Trades);
            Assert.Equal(session.Count, state.SessionTrades);
        }

        Assert.True(session.Count < prices.Count, "the walk must cross a session's end");
    }

    [Fact]
    public void Reads_neutral_where_nothing_moves_and_the_price_where_nothing_has_a_size()
    {
        var state = new SymbolState(Short);
        for (var i = 0; i < 50; i++)
        {
            state.Apply(
                new PackedTick
                {
                    TimeMicros = i,
                    Symbol = 0,
                    Kind = TickKind.Trade,
                    Price = Price.FromNanos(5_000_000_000),
                }
            );
        }

        Assert.Equal((50.0, 5.0, 0.0, 0.0), (state.Rsi, state.Vwap, state.Atr, state.StdDev));
    }

    private static double Rsi(List<double> prices, int period)
    {
        var gain = NaiveSignals.Wilder(NaiveSignals.Changes(prices).Select(static change => Math.Max(change, 0)), period);
        var loss = NaiveSignals.Wilder(NaiveSignals.Changes(prices).Select(static change => Math.Max(-change, 0)), period);
        return loss == 0 ? (gain == 0 ? 50 : 100) : 100 - (100 / (1 + (gain / loss)));
    }

    private static double TwoPassVariance(List<double> prices)
    {
        var mean = prices.Average();
        return prices.Count < 2 ? 0 : prices.Sum(price => (price - mean) * (price - mean)) / (prices.Count - 1);
    }
}
