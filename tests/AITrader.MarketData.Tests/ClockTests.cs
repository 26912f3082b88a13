using System.Diagnostics.Metrics;
using AITrader.Domain.Instruments;
using AITrader.MarketData.Diagnostics;
using AITrader.MarketData.Live;
using AITrader.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AITrader.MarketData.Tests;

/// <summary>A wall clock that jumps: what is silent is so by the time that passes, not by what the clock shows.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public void Silence_of_the_feed_does_not_jump_with_the_clock(int seconds)
    {
        var time = new JumpingTime();
        var state = new FeedState(time);
        state.Priced();
        time.Advance(TimeSpan.FromSeconds(2));
        time.Ahead = TimeSpan.FromSeconds(seconds);

        Assert.Equal(TimeSpan.FromSeconds(2), state.Silence);
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public async Task Silence_of_an_instrument_does_not_jump_with_the_clock(int seconds)
    {
        var time = new JumpingTime();
        var state = new FeedState(time);
        state.Connected(1);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var guard = new SilenceGuard(
            state,
            new FeedMetrics(services.GetRequiredService<IMeterFactory>()),
            time,
            NullLogger<SilenceGuard>.Instance
        );
        var symbols = new SymbolTable();
        symbols.Intern("NSE:INFY");
        guard.Watch([(0, TimeSpan.FromSeconds(4))]);
        var orders = new List<string>();
        using var end = new CancellationTokenSource();
        var running = guard.RunAsync(
            new SilenceActions(
                "test",
                symbols,
                (silent, _) =>
                {
                    orders.AddRange(silent.Select(static _ => "again"));
                    return Task.CompletedTask;
                },
                (_, reason) => orders.Add(reason)
            ),
            end.Token
        );

        await PassAsync(time, 3);
        time.Ahead = TimeSpan.FromSeconds(seconds);
        guard.Heard(0);
        await PassAsync(time, 3);
        Assert.Empty(orders); // forward: it was heard of three seconds ago
        await PassAsync(time, 2);
        Assert.Equal(["again"], orders); // backward: it is silent all the same
        Assert.Equal(TimeSpan.FromSeconds(5), time.GetUtcNow() - Assert.Single(state.Reading.Silent).Since);

        await end.CancelAsync();
        await Task.WhenAny(running);
    }

    private static async Task PassAsync(JumpingTime time, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await Eventually.TrueAsync(() => time.Waits > 0, "the guard waits for its first look");
            var looks = time.Waits;
            time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(() => time.Waits > looks, "the guard has looked");
        }
    }

    /// <summary>A wall clock that can be set while time passes as before.</summary>
    private sealed class JumpingTime : ObservedTime
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
