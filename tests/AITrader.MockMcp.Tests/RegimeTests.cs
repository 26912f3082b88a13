using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.MockMcp.Market;
using AITrader.TestSupport;
using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Tests;

public sealed class RegimeTests
{
    private const double TrendBps = 0.6;
    private const double Pull = 0.0005;
    private const double NoiseBps = 2.5;
    private const double JumpVariance = 0.002 * 35 * 35;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_same_seed_and_orders_give_the_same_ticks()
    {
        var first = Run("range:50,jump:20,halt:10,trend-down:30", 0.7, orderAt: 60);
        Assert.Equal(first, Run("range:50,jump:20,halt:10,trend-down:30", 0.7, orderAt: 60));
        Assert.NotEqual(first, Run("range:50,jump:20,halt:10,trend-down:30", 0.7, orderAt: 61));
        Assert.NotEqual(first, Run("range:50,jump:20,halt:10,trend-down:30", 0.6, orderAt: 60));
    }

    [Fact]
    public void A_schedule_is_followed_over_and_over_and_an_order_goes_before_it()
    {
        var market = new MarketSimulator(new MarketOptions { Schedule = "trend-up:3,halt:2" });
        Assert.Equal("UUUHHUUUHH", Regimes(market, 10));
        Assert.True(RegimePhase.TryCreate("jump", 4, out var jump));
        Assert.Equal("U", Regimes(market, 1));
        market.Force(jump);
        Assert.Equal("JJJJHHUUU", Regimes(market, 9));
    }

    [Fact]
    public void Without_a_schedule_an_ordered_regime_ends_in_one_of_its_own()
    {
        var market = new MarketSimulator(new MarketOptions());
        Assert.True(RegimePhase.TryCreate("halt", 5, out var halt));
        market.Force(halt);
        Assert.Equal("HHHHH", Regimes(market, 5));
        Assert.DoesNotContain('H', Regimes(market, 2_000));
    }

    [Fact]
    public void Nothing_trades_in_a_halt_and_an_auction_ends_it()
    {
        var market = new MarketSimulator(new MarketOptions { Schedule = "range:40,halt:25,range:1000000" });
        var other = new MarketSimulator(new MarketOptions { Schedule = "range:1000000" });
        Advance(market, 40);
        Advance(other, 40);
        var before = market.Books.Select(static book => (book.Last, book.Volume)).ToList();
        var wanted = other.Books.Select(static _ => 0u).ToArray();
        for (var step = 0; step < 25; step++)
        {
            market.Step();
            var volumes = other.Books.Select(static book => book.Volume).ToList();
            other.Step();
            wanted = [.. other.Books.Select((book, i) => wanted[i] + book.Volume - volumes[i])];
            Assert.All(market.Books, static book => Assert.Empty(book.Bids.Concat(book.Offers)));
            Assert.Equal(before, market.Books.Select(static book => (book.Last, book.Volume)));
        }

        market.Step();
        other.Step();
        for (var i = 0; i < market.Books.Count; i++)
        {
            var (book, twin) = (market.Books[i], other.Books[i]);
            Assert.Equal(before[i].Volume + wanted[i] + twin.LastQuantity, book.Volume);
            Assert.InRange(book.Last, book.LowerCircuit, book.UpperCircuit);
            Assert.InRange(book.Last, book.Bids[0].Price, book.Offers[0].Price);

            // What is drawn later does not depend on there having been a halt.
            Assert.Equal(
                twin.Bids.Concat(twin.Offers).Select(static level => level.Quantity),
                book.Bids.Concat(book.Offers).Select(static level => level.Quantity)
            );
        }

        market.Step();
        Assert.All(market.Books, static book => Assert.True(book.Last == book.Bids[0].Price || book.Last == book.Offers[0].Price));
    }

    [Fact]
    public void Jumps_and_trends_keep_to_ticks_and_bands()
    {
        var market = new MarketSimulator(
            new MarketOptions { Schedule = "jump:5,trend-up:4000,halt:3,trend-down:6000", StepVolatilityBps = 20 }
        );
        var touched = false;
        for (var step = 0; step < 12_000; step++)
        {
            market.Step();
            foreach (var book in market.Books)
            {
                Assert.Equal(0, book.Last % Listing.TickSize);
                Assert.All(book.Bids.Concat(book.Offers).Select(static level => level.Price).Append(book.Last), price =>
                    Assert.InRange(price, book.LowerCircuit, book.UpperCircuit)
                );
                touched |= book.Last > book.UpperCircuit - 3 || book.Last < book.LowerCircuit + 3;
            }
        }

        Assert.True(touched);
    }

    [Fact]
    public void A_jump_moves_every_symbol_at_once_by_its_beta()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var market = new MarketSimulator(new MarketOptions { Seed = seed, Schedule = "trend-up:10,jump:1,range:100" });
            Advance(market, 10);
            var before = market.Books.Select(Mid).ToList();
            market.Step();
            var moves = market.Books.Select((book, i) => Math.Log(Mid(book) / before[i]) / book.Listing.Beta * 1e4).ToList();

            // 120 bps, plus at most six standard deviations of the doubled noise of market and symbol.
            Assert.All(moves, static move =>
                Assert.InRange(Math.Abs(move), 120 - (6 * 2 * NoiseBps * 1.6), 120 + (6 * 2 * NoiseBps * 1.6))
            );
            Assert.Single(moves.Select(Math.Sign).Distinct());
        }
    }

    [Fact]
    public void Jumps_by_chance_come_as_often_and_are_as_large_as_is_said()
    {
        const int Steps = 60_000;
        const double SmallestBps = 10;

        // Next to no noise: what moves all symbols by their betas is a jump, but for the drift of 0.6 bps and half a tick.
        var market = new MarketSimulator(new MarketOptions { StepVolatilityBps = 0.001, Schedule = "trend-up:50,trend-down:50" });
        var before = market.Books.Select(Mid).ToArray();
        var jumps = new List<double>();
        for (var step = 0; step < Steps; step++)
        {
            market.Step();
            var moves = market.Books.Select((book, i) => Math.Log(Mid(book) / before[i]) / book.Listing.Beta * 1e4).ToList();
            before = [.. market.Books.Select(Mid)];
            if (Math.Abs(moves.Average()) > SmallestBps)
            {
                Assert.Single(moves.Select(Math.Sign).Distinct());
                jumps.Add(moves.Average());
            }
        }

        // Of jumps of 35 bps times a normal number, 77.5 % are above 10; their root mean square is then 39.5. Within four standard
        // deviations.
        var expected = Steps * 0.002 * 0.775;
        Assert.InRange(jumps.Count, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
        Assert.InRange(Math.Sqrt(jumps.Average(static jump => jump * jump)), 39.5 * 0.7, 39.5 * 1.3);
        Assert.InRange(jumps.Count(static jump => jump > 0) / (double)jumps.Count, 0.3, 0.7);
    }

    [Fact]
    public void Trades_are_as_large_at_any_time_and_symbol_and_follow_the_move()
    {
        const int Steps = 10_000;
        var market = new MarketSimulator(new MarketOptions { Schedule = "trend-up:100,trend-down:100" });
        var sizes = new double[10];
        var (up, atOffer) = (0, 0);
        for (var step = 0; step < Steps; step++)
        {
            var (fair, volumes) = (market.Books.Select(Mid).ToList(), market.Books.Select(static book => book.Volume).ToList());
            market.Step();
            for (var i = 0; i < fair.Count; i++)
            {
                var book = market.Books[i];
                Assert.Equal(book.LastQuantity, book.Volume - volumes[i]);
                Assert.InRange(book.LastQuantity, 1u, 249u);
                sizes[step * sizes.Length / Steps] += book.LastQuantity * (double)sizes.Length / Steps / fair.Count;
                if (Math.Log(Mid(book) / fair[i]) > 2e-4)
                {
                    up++;
                    atOffer += book.Last == book.Offers[0].Price ? 1 : 0;
                }
            }
        }

        // Equally likely from 1 to 249: mean 125, standard deviation 71.9; of 5,000 trades the mean is within 5.
        Assert.All(sizes, static size => Assert.InRange(size, 120, 130));
        Assert.InRange(atOffer / (double)up, 0.67, 0.73);
    }

    [Theory]
    [InlineData("trend-up", 1)]
    [InlineData("trend-down", -1)]
    [InlineData("range", 0)]
    public void Drift_is_that_of_the_regime(string regime, int sign)
    {
        const int Steps = 400;
        const int Seeds = 60;
        var sums = new double[5];
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var market = new MarketSimulator(new MarketOptions { Seed = seed, Schedule = $"{regime}:{Steps}" });
            Advance(market, Steps);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += Math.Log(Mid(market.Books[i]) / (double)market.Books[i].Listing.BasePrice) * 1e4 / Seeds;
            }
        }

        for (var i = 0; i < sums.Length; i++)
        {
            // L(n+1) = (1-p) L(n) + beta drift + noise; the mean and the variance of L after n steps in closed form.
            var beta = Listing.All[i].Beta;
            var mean = sign * beta * TrendBps * (1 - Math.Pow(1 - Pull, Steps)) / Pull;
            var variance = ((((beta * beta) + 1) * NoiseBps * NoiseBps) + (beta * beta * JumpVariance)) * Steps;
            Assert.InRange(sums[i], mean - (4 * Math.Sqrt(variance / Seeds)) - 2, mean + (4 * Math.Sqrt(variance / Seeds)) + 2);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.4)]
    [InlineData(0.8)]
    [InlineData(0.95)]
    public void Correlation_is_what_was_ordered(double correlation)
    {
        const int Steps = 8_000;
        var market = new MarketSimulator(new MarketOptions { Correlation = correlation, Schedule = "trend-up:100,trend-down:100" });
        var returns = Enumerable.Range(0, 5).Select(static _ => new List<double>()).ToArray();
        var before = market.Books.Select(Mid).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            market.Step();
            for (var i = 0; i < returns.Length; i++)
            {
                var mid = Mid(market.Books[i]);
                returns[i].Add(Math.Log(mid / before[i]));
                before[i] = mid;
            }
        }

        // Of a step's variance 2 n^2 is noise, shared to the part that was ordered; drift and rare jumps are shared by all.
        var shared = (TrendBps * TrendBps) + JumpVariance;
        var noise = 2 * NoiseBps * NoiseBps;
        var expected = ((correlation * noise) + shared) / (noise + shared);
        for (var left = 0; left < returns.Length; left++)
        {
            for (var right = left + 1; right < returns.Length; right++)
            {
                Assert.InRange(Correlation(returns[left], returns[right]), expected - 0.06, expected + 0.06);
            }
        }
    }

    [Fact]
    public async Task Regimes_and_correlation_are_ordered_from_outside()
    {
        await using var mock = await MockExchange.StartAsync(("Market:Schedule", "trend-up:1000000"));
        var caller = await mock.SignInAsync(Ct);
        await mock.OrderAsync("market/correlation?value=0.9", Ct);
        await mock.OrderAsync("market/regime?name=halt&steps=1000000", Ct);
        await Eventually.TrueAsync(
            async () => (await mock.Client.GetQuotesAsync(caller, ["NSE:INFY"], Ct))["NSE:INFY"].Depth!.Buy.Count == 0,
            "a halt"
        );
        var halted = await MarketAsync(mock);
        Assert.Equal(("Halt", 0.9), (halted.GetProperty("regime").GetString(), halted.GetProperty("correlation").GetDouble()));
        var volume = (await mock.Client.GetQuotesAsync(caller, ["NSE:INFY"], Ct))["NSE:INFY"].Volume;
        var steps = halted.GetProperty("steps").GetInt64();
        await Eventually.TrueAsync(async () => (await MarketAsync(mock)).GetProperty("steps").GetInt64() > steps + 5, "steps of the halt");
        Assert.Equal(volume, (await mock.Client.GetQuotesAsync(caller, ["NSE:INFY"], Ct))["NSE:INFY"].Volume);

        await mock.OrderAsync("market/regime?name=range&steps=1000000", Ct);
        await Eventually.TrueAsync(
            async () => (await mock.Client.GetQuotesAsync(caller, ["NSE:INFY"], Ct))["NSE:INFY"].Depth!.Buy.Count == 5,
            "a reopening"
        );
        Assert.True((await mock.Client.GetQuotesAsync(caller, ["NSE:INFY"], Ct))["NSE:INFY"].Volume > volume);
        foreach (
            var nonsense in new[]
            {
                "market/regime?name=panic&steps=5",
                "market/regime?name=halt&steps=0",
                "market/correlation?value=1",
                "market/correlation?value=NaN",
            }
        )
        {
            using var answer = await mock.Http.PostAsync(new Uri($"/admin/{nonsense}", UriKind.Relative), null, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Does_not_start_with_a_schedule_that_makes_no_sense()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            MockExchange.StartAsync(("Market:Schedule", "range:10,crash:5"))
        );
        Assert.Contains("'crash:5' is not REGIME:STEPS", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<JsonElement> MarketAsync(MockExchange mock) =>
        mock.Http.GetFromJsonAsync<JsonElement>(new Uri("/admin/market", UriKind.Relative), Ct);

    private static double Mid(SymbolBook book) => (double)(book.Bids[0].Price + book.Offers[0].Price) / 2;

    private static void Advance(MarketSimulator market, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            market.Step();
        }
    }

    private static string Regimes(MarketSimulator market, int steps) =>
        string.Concat(
            Enumerable
                .Range(0, steps)
                .Select(_ =>
                {
                    market.Step();
                    return market.Regime is MarketRegime.TrendUp ? 'U' : market.Regime.ToString()[0];
                })
        );

    private static string Run(string schedule, double correlation, int orderAt)
    {
        var market = new MarketSimulator(new MarketOptions { Schedule = schedule, Correlation = correlation });
        Assert.True(RegimePhase.TryCreate("trend-up", 7, out var order));
        var prices = new List<string>();
        for (var step = 0; step < 300; step++)
        {
            if (step == orderAt)
            {
                market.Force(order);
            }

            market.Step();
            prices.Add(
                string.Join(
                    ' ',
                    market.Books.Select(static book =>
                        $"{book.Last} {book.Volume} {string.Join('/', book.Bids)} {string.Join('/', book.Offers)}"
                    )
                )
            );
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
