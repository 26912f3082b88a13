using AITrader.Venues.Feeds;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.Venues.Tests.Feeds;

/// <summary>What may be spent, and when, by a clock that moves when it is told.</summary>
public sealed class PacedBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Some_may_be_spent_at_once_and_the_rest_waits_its_turn()
    {
        var budget = new PacedBudget(10, 2, _time);
        Assert.Equal([0, 0, 0.5, 3], ((double[])[4, 6, 1, 5]).Select(cost => budget.Reserve(cost).TotalSeconds));
        _time.Advance(TimeSpan.FromSeconds(3)); // the last one may go now
        Assert.Equal(0.5, budget.Reserve(1).TotalSeconds);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([0, 0, 0.5], ((double[])[5, 5, 1]).Select(cost => budget.Reserve(cost).TotalSeconds)); // nothing is saved up
    }

    [Fact]
    public void In_no_minute_is_more_spent_than_is_allowed()
    {
        const double AtOnce = 480;
        const double PerSecond = 24;
        var random = new Random(11);
        var budget = new PacedBudget(AtOnce, PerSecond, _time);
        var start = _time.GetUtcNow();
        var spent = new List<(double At, double Cost)>();
        for (var i = 0; i < 2_000; i++)
        {
            var cost = random.Next(1, 30);
            spent.Add(((_time.GetUtcNow() - start + budget.Reserve(cost)).TotalSeconds, cost));
            _time.Advance(TimeSpan.FromSeconds(random.Next(10) == 0 ? random.Next(30) : random.NextDouble()));
        }

        Assert.All(spent, first =>
            Assert.InRange(
                spent.Where(other => other.At >= first.At && other.At < first.At + 60).Sum(static other => other.Cost),
                0,
                AtOnce + (60 * PerSecond) + 0.001
            )
        );
    }

    [Fact]
    public async Task A_spender_waits_until_it_is_due()
    {
        var budget = new PacedBudget(1, 2, _time);
        Assert.Equal(TimeSpan.Zero, await budget.SpendAsync(1, TestContext.Current.CancellationToken));
        var second = budget.SpendAsync(1, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(0.4));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(0.5, (await second).TotalSeconds);
    }
}
