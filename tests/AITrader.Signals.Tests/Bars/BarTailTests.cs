using AITrader.Domain.Bars;
using AITrader.Domain.Ticks;
using AITrader.Signals.Bars;
using AITrader.Signals.State;

namespace AITrader.Signals.Tests.Bars;

public sealed class BarTailTests
{
    private const int Bars = 8;

    [Fact]
    public void Holds_the_last_bars_of_the_builder_in_single_precision()
    {
        var ticks = Ticks();
        var builder = new TimeBarBuilder(BarKind.Trade, TimeSpan.FromSeconds(1));
        var tail = new BarTail(Bars, 1);
        var closed = new List<Bar>();
        var numbers = new double[Bars * BarTail.Channels];
        foreach (var tick in ticks)
        {
            if (builder.AdvanceTo(tick.TimeMicros, out var bar))
            {
                closed.Add(bar);
            }

            builder.Update(tick, out _);
            var before = tail.Count;
            Assert.Equal(closed.Count > before, tail.Update(tick));
            Assert.Equal(closed.Count, tail.Count);
            Assert.Equal(closed.Count < Bars ? 0 : numbers.Length, tail.CopyTo(numbers));
            if (closed.Count >= Bars)
            {
                Assert.Equal(Expected(closed[^Bars..]), numbers);
            }
        }

        Assert.True(closed.Count > 3 * Bars, $"{closed.Count} bars");
    }

    [Fact]
    public void Goes_on_from_what_was_saved_at_any_tick()
    {
        var ticks = Ticks();
        var (whole, parts) = (new BarTail(Bars, 1), new BarTail(Bars, 1));
        var (left, right) = (new double[Bars * BarTail.Channels], new double[Bars * BarTail.Channels]);
        foreach (var tick in ticks)
        {
            whole.Update(tick);
            parts.Update(tick);
            var writer = new StateWriter();
            parts.Save(writer);
            parts = new BarTail(Bars, 1);
            var reader = new StateReader(writer.Written.Span);
            parts.Load(ref reader);
            Assert.True(reader.AtEnd);
            Assert.Equal(whole.CopyTo(left), parts.CopyTo(right));
            Assert.Equal(left, right);
        }
    }

    [Fact]
    public void Allocates_in_the_constructor_only()
    {
        var ticks = Ticks();
        var tail = new BarTail(Bars, 1);
        var numbers = new double[Bars * BarTail.Channels];
        tail.Update(ticks[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var tick in ticks)
        {
            tail.Update(tick);
            tail.CopyTo(numbers);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BarTail.MaxBars + 1)]
    public void A_number_of_bars_that_makes_no_sense_is_refused(int bars) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BarTail(bars, 1));

    private static double[] Expected(IReadOnlyList<Bar> bars) =>
        [
            .. bars.Select(static bar => (double)(float)bar.Prices.Open.ToDouble()),
            .. bars.Select(static bar => (double)(float)bar.Prices.High.ToDouble()),
            .. bars.Select(static bar => (double)(float)bar.Prices.Low.ToDouble()),
            .. bars.Select(static bar => (double)(float)bar.Prices.Close.ToDouble()),
            .. bars.Select(static bar => (double)(float)bar.Volume.ToDouble()),
        ];

    private static PackedTick[] Ticks() => [.. Samples.Walk(7, 2_000)];
}
