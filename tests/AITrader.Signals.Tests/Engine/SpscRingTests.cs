using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AITrader.Signals.Engine;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Engine;

public sealed class SpscRingTests
{
    [Fact]
    public void Keeps_the_positions_of_both_sides_128_bytes_apart()
    {
        var (tail, headSeen, head, tailSeen) = (
            At(nameof(RingCursors.Tail)),
            At(nameof(RingCursors.HeadSeen)),
            At(nameof(RingCursors.Head)),
            At(nameof(RingCursors.TailSeen))
        );

        Assert.Equal((128, 136, 256, 264), (tail, headSeen, head, tailSeen));
        Assert.Equal(384, Unsafe.SizeOf<RingCursors>());

        static int At(string field) => (int)Marshal.OffsetOf<RingCursors>(field);
    }

    [Fact]
    public void Shares_no_line_between_both_sides_nor_with_neighbours_in_memory()
    {
        // Wherever the object lies, the sides' addresses are 128 bytes apart, and 120 bytes or more of padding lie around them.
        var rings = Enumerable.Range(0, 64).Select(static _ => new SpscRing<long>(2)).ToArray();
        foreach (var ring in rings)
        {
            ref readonly var cursors = ref ring.Cursors;
            var producer = Distance(cursors, cursors.Tail);
            var consumer = Distance(cursors, cursors.Head);
            Assert.Equal(RingCursors.Spacing, consumer - producer);
            Assert.True(producer >= RingCursors.Spacing);
            Assert.True(Unsafe.SizeOf<RingCursors>() - consumer - 16 >= RingCursors.Spacing - 16);
        }

        static nint Distance(in RingCursors cursors, in long position) =>
            Unsafe.ByteOffset(
                ref Unsafe.As<RingCursors, byte>(ref Unsafe.AsRef(in cursors)),
                ref Unsafe.As<long, byte>(ref Unsafe.AsRef(in position))
            );
    }

    [Fact]
    public void Is_full_at_its_capacity_and_empty_when_all_is_read()
    {
        var ring = new SpscRing<int>(4);
        for (var round = 0; round < 10; round++)
        {
            Assert.False(ring.TryRead(out _));
            for (var i = 0; i < 4; i++)
            {
                Assert.True(ring.TryWrite(i));
            }

            Assert.False(ring.TryWrite(9));
            Assert.Equal((4, false), (ring.Count, ring.IsEmpty));
            for (var i = 0; i < 4; i++)
            {
                Assert.True(ring.TryRead(out var item));
                Assert.Equal(i, item);
            }
        }
    }

    [Fact]
    public void Shows_what_waits_up_to_the_end_of_its_array()
    {
        var ring = new SpscRing<int>(4);
        for (var i = 0; i < 3; i++)
        {
            ring.TryWrite(i);
        }

        Assert.Equal([0, 1, 2], ring.Peek().ToArray());
        ring.Advance(2);
        ring.TryWrite(3);
        ring.TryWrite(4);
        Assert.Equal([2], ring.Peek().ToArray());
        ring.Advance(1);
        Assert.Equal([3], ring.Peek().ToArray());
        ring.Advance(1);
        Assert.Equal([4], ring.Peek().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Advance(2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-4)]
    public void Refuses_a_capacity_that_is_no_power_of_two(int capacity) =>
        Assert.Throws<ArgumentException>(() => new SpscRing<int>(capacity));

    [Fact]
    public void Refuses_items_with_references() => Assert.Throws<ArgumentException>(static () => new SpscRing<(int, string)>(4));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 64)]
    [InlineData(3, 4_096)]
    public async Task Brings_millions_of_items_from_one_thread_to_another_in_order_and_whole(int seed, int capacity)
    {
        const int Count = 2_000_000;
        var ring = new SpscRing<Item>(capacity);
        var ct = TestContext.Current.CancellationToken;
        var producer = Task.Factory.StartNew(
            () => Produce(ring, Count, new Random(seed), ct),
            ct,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        var consumer = Task.Factory.StartNew(
            () => Consume(ring, Count, new Random(~seed), ct),
            ct,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

        Assert.Equal(await producer, await consumer);
        Assert.True(ring.IsEmpty);
    }

    [Fact]
    public void Allocates_nothing_after_construction()
    {
        var ring = new SpscRing<Item>(64);
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                for (var i = 0; i < 100_000; i++)
                {
                    ring.TryWrite(new Item(i, i, i));
                    ring.TryRead(out _);
                }
            })
        );
    }

    private static long Produce(SpscRing<Item> ring, int count, Random random, CancellationToken ct)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            var value = random.NextInt64();
            var item = new Item(i, value, ~value ^ i);
            sum = unchecked((sum * 31) + value);
            while (!ring.TryWrite(item))
            {
                ct.ThrowIfCancellationRequested();
                Thread.Yield();
            }
        }

        return sum;
    }

    // Reads one by one or in runs, as it pleases.
    private static long Consume(SpscRing<Item> ring, int count, Random random, CancellationToken ct)
    {
        var sum = 0L;
        for (var i = 0; i < count; )
        {
            if (random.Next(2) == 0 && ring.TryRead(out var one))
            {
                sum = Check(one, i++, sum);
                continue;
            }

            var items = ring.Peek();
            foreach (ref readonly var item in items)
            {
                sum = Check(item, i++, sum);
            }

            ring.Advance(items.Length);
            if (items.IsEmpty)
            {
                ct.ThrowIfCancellationRequested();
                Thread.Yield();
            }
        }

        return sum;
    }

    private static long Check(in Item item, int number, long sum) =>
        item.Number == number && item.Seal == (~item.Value ^ number)
            ? unchecked((sum * 31) + item.Value)
            : throw new InvalidOperationException($"Item {item.Number} came torn or out of its turn, {number} was due.");

    private readonly record struct Item(long Number, long Value, long Seal);
}
