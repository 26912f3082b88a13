using AITrader.MockMcp.Market;

namespace AITrader.MockMcp.Tests;

public sealed class MarketTests
{
    private const int Steps = 20_000;

    [Fact]
    public void The_same_seed_gives_the_same_sequence_and_another_one_does_not()
    {
        var first = Run(1, 500);
        Assert.Equal(first, Run(1, 500));
        Assert.NotEqual(first, Run(2, 500));
    }

    [Fact]
    public void Prices_keep_to_ticks_and_circuits_and_books_never_cross()
    {
        var market = new MarketSimulator(new MarketOptions());
        for (var step = 0; step < Steps; step++)
        {
            market.Step();
            foreach (var book in market.Books)
            {
                Assert.Equal(0, book.Last % Listing.TickSize);
                Assert.InRange(book.Last, book.LowerCircuit, book.UpperCircuit);
                Assert.True(book.Bids[0].Price < book.Offers[0].Price);
                Assert.True(book.Last == book.Bids[0].Price || book.Last == book.Offers[0].Price);
                Assert.InRange(book.Last, book.Low, book.High);
                Assert.Equal((5, 5), (book.Bids.Count, book.Offers.Count));
            }

            for (var level = 1; level < SymbolBook.Levels; level++)
            {
                Assert.All(market.Books, book =>
                    Assert.True(
                        book.Bids[level].Price < book.Bids[level - 1].Price && book.Offers[level].Price > book.Offers[level - 1].Price
                    )
                );
            }
        }
    }

    [Fact]
    public void Symbols_are_correlated_but_not_the_same()
    {
        var market = new MarketSimulator(new MarketOptions());
        var returns = Enumerable.Range(0, market.Books.Count).Select(static _ => new List<double>()).ToArray();
        const int Horizon = 20;
        for (var step = 0; step < Steps; step += Horizon)
        {
            var before = market.Books.Select(static book => (double)book.Last).ToArray();
            for (var i = 0; i < Horizon; i++)
            {
                market.Step();
            }

            for (var symbol = 0; symbol < returns.Length; symbol++)
            {
                returns[symbol].Add(Math.Log((double)market.Books[symbol].Last / before[symbol]));
            }
        }

        for (var symbol = 1; symbol < returns.Length; symbol++)
        {
            Assert.InRange(Correlation(returns[0], returns[symbol]), 0.3, 0.95);
        }
    }

    [Fact]
    public void All_regimes_come_and_the_index_follows_its_members()
    {
        var market = new MarketSimulator(new MarketOptions());
        var index = Listing.All.Single(static listing => listing.IsIndex);
        var seen = new HashSet<MarketRegime>();
        for (var step = 0; step < Steps; step++)
        {
            market.Step();
            seen.Add(market.Regime);
        }

        Assert.Equal(3, seen.Count);
        var expected = index.BasePrice * market.Books.Average(static book => book.Last / book.Listing.BasePrice);
        Assert.InRange(market.Index(index) - expected, -0.025m, 0.025m);
    }

    [Fact]
    public void A_new_day_starts_from_the_last_price()
    {
        var market = new MarketSimulator(new MarketOptions());
        for (var step = 0; step < 100; step++)
        {
            market.Step();
        }

        var book = market.Books[0];
        book.StartDay();
        Assert.Equal((book.Last, book.Last, 0u, book.Last), (book.Close, book.Open, book.Volume, book.Average));
    }

    private static string Run(int seed, int steps)
    {
        var market = new MarketSimulator(new MarketOptions { Seed = seed });
        var prices = new List<string>();
        for (var step = 0; step < steps; step++)
        {
            market.Step();
            prices.Add(string.Join(' ', market.Books.Select(static book => $"{book.Last} {book.Volume} {book.Bids[4]} {book.Offers[0]}")));
        }

        return string.Join('\n', prices);
    }

    private static double Correlation(List<double> left, List<double> right)
    {
        var (meanLeft, meanRight) = (left.Average(), right.Average());
        var both = left.Zip(right, (l, r) => (l - meanLeft) * (r - meanRight)).Sum();
        return both / Math.Sqrt(left.Sum(l => (l - meanLeft) * (l - meanLeft)) * right.Sum(r => (r - meanRight) * (r - meanRight)));
    }
}
