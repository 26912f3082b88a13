using AITrader.Cli.Hosting;
using AITrader.Cli.Hosting.Wire;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;

namespace AITrader.Cli.Tests.Hosting;

public sealed class StartProgressTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Nothing_seen_is_not_ready() => Assert.False(new StartProgress(_time).IsReady);

    [Fact]
    public void Ready_when_each_runs_is_done_or_waits_for_a_hand()
    {
        var progress = new StartProgress(_time);
        progress.Update([View("a", "Running"), View("b", "Starting")]);
        Assert.False(progress.IsReady);
        Assert.Equal("b (starting)", progress.NotReady);

        progress.Update([View("a", "Running"), View("b", "Finished"), View("c", "NotStarted")]);

        Assert.True(progress.IsReady);
        Assert.Null(progress.Failed);
    }

    [Fact]
    public void What_crashed_has_time_to_be_started_again()
    {
        var progress = new StartProgress(_time);
        progress.Update([View("a", "FailedToStart")]);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(progress.Failed);

        progress.Update([View("a", "Starting")]);
        progress.Update([View("a", "FailedToStart")]);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(progress.Failed);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("a", progress.Failed?.Name);
    }

    [Fact]
    public void What_was_left_down_has_failed_at_once()
    {
        var progress = new StartProgress(_time);

        progress.Update([
            ResourceView.From(
                ResourceViewTests.With(
                    new Resource
                    {
                        Name = "a",
                        DisplayName = "a",
                        State = "Finished",
                    },
                    ("aitrader.left_down", Value.ForString("exit code 1"))
                )
            ),
        ]);

        Assert.Equal("a", progress.Failed?.Name);
    }

    private static ResourceView View(string name, string state) =>
        ResourceView.From(
            new Resource
            {
                Name = name,
                DisplayName = name,
                State = state,
            }
        );
}
