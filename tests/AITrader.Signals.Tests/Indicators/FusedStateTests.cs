using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Indicators;

namespace AITrader.Signals.Tests.Indicators;

/// <summary>The fused state gives the bits of the indicators that it fuses, and lies in memory as its speed needs it.</summary>
public sealed class FusedStateTests
{
    [Theory]
    [InlineData(1, 2, 1, 1)]
    [InlineData(4, 9, 6, 5)]
    [InlineData(20, 80, 14, 14)]
    [InlineData(3, 5, 40, 2)]
    [InlineData(2, 3, 2, 60)]
    public void Gives_the_bits_of_the_separate_indicators(int fast, int slow, int rsi, int atr)
    {
        var periods = new IndicatorPeriods(fast, slow, rsi, atr, Channel: 17, Window: 64);
        for (var seed = 0; seed < 5; seed++)
        {
            var state = new SymbolState(periods);
            var separate = new Separate(periods);
            foreach (var tick in Samples.Walk(seed, 1_500))
            {
                state.Apply(tick);
                separate.Apply(tick);
                Assert.Equal(separate.Bits(), Bits(state));
            }
        }
    }

    [Fact]
    public void Takes_prices_and_sizes_beyond_what_doubles_hold_exactly()
    {
        var state = new SymbolState(PatternParameters.Default.Periods);
        var price = Price.FromNanos(9_007_199_254_740_993_000);
        var size = Quantity.FromRaw(9_007_199_254_740_995_000);
        state.Apply(
            new PackedTick
            {
                TimeMicros = 1,
                Symbol = 0,
                Kind = TickKind.Trade,
                Price = price,
                Size = size,
            }
        );

        Assert.Equal((price.ToDouble(), size.ToDouble()), (state.Last, state.Volume));
    }

    [Fact]
    public void Keeps_what_every_trade_moves_on_two_cache_lines()
    {
        string[] hot =
        [
            nameof(FusedState.Averages),
            nameof(FusedState.Emas),
            nameof(FusedState.Flow),
            nameof(FusedState.Last),
            nameof(FusedState.Squares),
            nameof(FusedState.SessionTrades),
            nameof(FusedState.Session),
            nameof(FusedState.Trades),
            nameof(FusedState.TimeMicros),
            nameof(FusedState.BlockPosition),
            nameof(FusedState.BlockStart),
        ];
        Assert.All(hot, static field => Assert.InRange(Marshal.OffsetOf<FusedState>(field), 0, (2 * FusedState.CacheLine) - 8));
        Assert.Equal(FusedState.Bytes, Unsafe.SizeOf<FusedState>());
        Assert.Equal(
            (0, 8, 16, 24, 32, 40, 48, 56),
            (
                At(nameof(FusedState.Gain)),
                At(nameof(FusedState.Loss)),
                At(nameof(FusedState.Atr)),
                At(nameof(FusedState.Mean)),
                At(nameof(FusedState.EmaFast)),
                At(nameof(FusedState.EmaSlow)),
                At(nameof(FusedState.Notional)),
                At(nameof(FusedState.Volume))
            )
        );

        static int At(string field) => (int)Marshal.OffsetOf<FusedState>(field);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Begins_every_state_of_a_slab_on_a_cache_line_of_its_own(int slots)
    {
        var slab = new StateSlab(slots);
        var states = Enumerable.Range(0, 130).Select(_ => new SymbolState(PatternParameters.Default.Periods, slab)).ToList();
        var addresses = states.ConvertAll(static state => Unsafe.ByteOffset(ref Unsafe.NullRef<FusedState>(), ref state.Fused));
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

        Assert.All(addresses, static address => Assert.Equal(0, address & (FusedState.CacheLine - 1)));
        Assert.Equal(addresses, states.ConvertAll(static state => Unsafe.ByteOffset(ref Unsafe.NullRef<FusedState>(), ref state.Fused)));
        Assert.All(addresses.Order().Zip(addresses.Order().Skip(1)), static pair =>
            Assert.True(pair.Second - pair.First >= FusedState.Bytes)
        );
    }

    private static long[] Bits(SymbolState state) =>
        [
            .. (
                (double[])
                    [state.EmaFast, state.EmaSlow, state.Rsi, state.Atr, state.Vwap, state.Volume, state.Mean, state.Variance, state.StdDev]
            ).Select(BitConverter.DoubleToInt64Bits),
            state.IsReady ? 1 : 0,
        ];

    /// <summary>The same indicators one by one, as the page of formulas lists them.</summary>
    private sealed class Separate(IndicatorPeriods periods)
    {
        private Ema _fast = new(periods.EmaFast);
        private Ema _slow = new(periods.EmaSlow);
        private Rsi _rsi = new(periods.Rsi);
        private WilderAverage _atr = new(periods.Atr);
        private SessionVwap _vwap;
        private Moments _moments;
        private long _session = long.MinValue;
        private double _last = double.NaN;

        internal void Apply(in PackedTick tick)
        {
            if (tick.Kind == TickKind.Quote)
            {
                return;
            }

            var price = (double)tick.Price.ToDecimal();
            if (EventTime.Session(tick.TimeMicros) != _session)
            {
                _session = EventTime.Session(tick.TimeMicros);
                _vwap = default;
                _moments = default;
            }

            if (!double.IsNaN(_last))
            {
                _rsi.Update(price - _last);
                _atr.Update(Math.Abs(price - _last));
            }

            _fast.Update(price);
            _slow.Update(price);
            _vwap.Update(price, (double)tick.Size.ToDecimal());
            _moments.Update(price);
            _last = price;
        }

        internal long[] Bits() =>
            [
                .. (
                    (double[])
                        [
                            _fast.Value,
                            _slow.Value,
                            _rsi.Value,
                            _atr.Value,
                            _vwap.Value,
                            _vwap.Volume,
                            _moments.Mean,
                            _moments.Variance,
                            _moments.StdDev,
                        ]
                ).Select(BitConverter.DoubleToInt64Bits),
                _fast.IsReady && _slow.IsReady && _atr.IsReady ? 1 : 0,
            ];
    }
}
