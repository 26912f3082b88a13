using AITrader.Domain.Prices;

namespace AITrader.OrderBooks.Tests;

/// <summary>The store of levels where it splits and joins, and the tables and pools under the book by order.</summary>
public sealed class LevelBlocksTests
{
    [Theory]
    [InlineData(1, 50, 0.5)]
    [InlineData(2, 5_000, 0.5)]
    [InlineData(3, 100_000, 0.45)]
    [InlineData(4, 3_000, 0.7)]
    public void Equals_a_sorted_dictionary_through_growth_and_decay(int seed, int keys, double removals)
    {
        var random = new Random(seed);
        var (blocks, naive) = (new LevelBlocks(), new SortedDictionary<long, long>());
        for (var i = 0; i < 200_000; i++)
        {
            // It grows in the first half, and then shrinks.
            var size = random.NextDouble() < (i < 100_000 ? removals : 1 - (removals / 3)) ? 0 : random.NextInt64(1, 1_000);
            var key = random.NextInt64(-keys, keys);
            blocks.Set(key, size);
            if (size == 0)
            {
                naive.Remove(key);
            }
            else
            {
                naive[key] = size;
            }

            Assert.Equal(naive.Count, blocks.Count);
            if (naive.Count > 0 && i % 500 == 0)
            {
                Assert.Equal((naive.Keys.Last(), naive.Values.Last()), blocks.Last);
            }

            if (i % 10_000 == 0)
            {
                AssertEqual(naive, blocks);
            }
        }

        foreach (var key in naive.Keys.ToList())
        {
            blocks.Set(key, 0);
            naive.Remove(key);
        }

        AssertEqual(naive, blocks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Grows_from_either_end_and_shrinks_from_either_end(bool upwards)
    {
        var blocks = new LevelBlocks();
        for (var i = 0; i < 10_000; i++)
        {
            blocks.Set(upwards ? i : -i, i + 1);
        }

        Assert.Equal(upwards ? (9_999, 10_000) : (0, 1), blocks.Last);
        for (var i = 9_999; i > 0; i--)
        {
            blocks.Set(upwards ? 9_999 - i : -i, 0);
        }

        Assert.Equal((1, upwards ? 9_999 : 0), (blocks.Count, blocks.Last.Key));
    }

    [Fact]
    public void A_best_block_that_empties_beside_a_full_one_leaves_that_ones_best()
    {
        // Growing upwards splits blocks in halves of 32; the odd keys then fill the block below the best one up.
        var blocks = new LevelBlocks();
        for (var key = 0; key < 192; key += 2)
        {
            blocks.Set(key, key + 1);
        }

        for (var key = 65; key < 128; key += 2)
        {
            blocks.Set(key, key + 1);
        }

        for (var key = 128; key < 192; key += 2)
        {
            blocks.Set(key, 0);
            Assert.Equal(key == 190 ? (127, 128) : (190, 191), blocks.Last);
        }

        blocks.Set(150, 7);
        Assert.Equal((150, 7), blocks.Last);
        Assert.Equal(32 + 64 + 1, blocks.Count);
    }

    [Fact]
    public void Holds_the_ends_of_the_range()
    {
        var blocks = new LevelBlocks();
        for (var i = 1; i <= 500; i++)
        {
            blocks.Set(long.MaxValue - i, i);
            blocks.Set(long.MinValue + i, i);
        }

        blocks.Set(long.MaxValue, 7);
        blocks.Set(long.MinValue, 8);
        Assert.Equal((7, 8, 0, 1002), (blocks.SizeOf(long.MaxValue), blocks.SizeOf(long.MinValue), blocks.SizeOf(0), blocks.Count));
        Assert.Equal((long.MaxValue, 7), blocks.Last);
        blocks.Set(long.MaxValue, 0);
        Assert.Equal((long.MaxValue - 1, 1), blocks.Last);
    }

    [Fact]
    public void Gives_the_level_at_any_depth()
    {
        var side = BookSide.OfAsks();
        for (var i = 0; i < 1_000; i++)
        {
            side.Set(Price.FromNanos((i * 7919L % 1_000) + 1), Quantity.FromRaw(i + 1));
        }

        Assert.All(Enumerable.Range(0, 1_000), depth => Assert.Equal(depth + 1, side[depth].Price.Nanos));
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 100_000)]
    public void Tables_equal_a_dictionary(int seed, int keys)
    {
        var random = new Random(seed);
        var (table, naive) = (new IdTable(4), new Dictionary<long, int>());
        for (var i = 0; i < 200_000; i++)
        {
            // Neighbours, multiples of powers of two and negative numbers: what ids of venues look like.
            var key = random.NextInt64(-keys, keys) * (random.Next(2) == 0 ? 1 : 1L << 32);
            Assert.Equal(naive.GetValueOrDefault(key, -1), table.Find(key));
            if (naive.TryAdd(key, i))
            {
                Assert.Equal(-1, table.Remove(key));
                table.Add(key, i);
            }
            else
            {
                naive.Remove(key, out var number);
                Assert.Equal(number, table.Remove(key));
            }

            Assert.Equal(naive.Count, table.Count);
        }

        Assert.All(naive, entry => Assert.Equal(entry.Value, table.Find(entry.Key)));
    }

    [Fact]
    public void Pools_count_their_rents_and_rent_again_what_came_back()
    {
        var pool = new NodePool<long>(2);
        var first = Enumerable.Range(0, 40).Select(_ => pool.Rent()).ToList();
        Assert.Equal((40, 40), (pool.Rented, first.Distinct().Count()));
        first.ForEach(pool.Return);
        Assert.Equal(0, pool.Rented);
        Assert.Equal(first.Order(), Enumerable.Range(0, 40).Select(_ => pool.Rent()).Order());
    }

    private static void AssertEqual(SortedDictionary<long, long> naive, LevelBlocks blocks)
    {
        var found = new List<(long, long)>();
        for (var cursor = blocks.BestFirst(); cursor.MoveNext(); )
        {
            found.Add(cursor.Current);
        }

        Assert.Equal(naive.Reverse().Select(static level => (level.Key, level.Value)), found);
        Assert.All(naive, level => Assert.Equal(level.Value, blocks.SizeOf(level.Key)));
    }
}
