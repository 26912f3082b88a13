using AITrader.Hosting.Restarts;
using Aspire.Hosting.ApplicationModel;

namespace AITrader.Hosting.Tests.Restarts;

public sealed class WatchedTests
{
    private readonly Watched _watched = new();

    [Theory]
    [InlineData("Exited")]
    [InlineData("Finished")]
    [InlineData("FailedToStart")]
    public void What_ends_by_itself_is_seen_once(string end)
    {
        Assert.Equal([Verdict.Nothing, Verdict.Nothing, Verdict.Ended, Verdict.Nothing], See("Starting", "Running", end, end));
        Assert.Equal([Verdict.Nothing, Verdict.Ended], See("Running", end));
    }

    [Fact]
    public void What_somebody_stops_stays_stopped() =>
        Assert.DoesNotContain(Verdict.Ended, See("Running", "Stopping", "Exited", "Starting", "Running", "Stopping", "Finished"));

    [Fact]
    public void What_was_never_started_has_not_ended() => Assert.Equal([Verdict.Nothing, Verdict.Nothing], See("NotStarted", "Exited"));

    [Fact]
    public void A_start_by_hand_is_told_from_one_of_the_supervisor()
    {
        See("Running", "Exited");
        _watched.ExpectStart();
        Assert.Equal([Verdict.Nothing], See("Running"));
        See("Exited");
        for (var failure = 0; failure < RestartPolicy.MaxFailures; failure++)
        {
            _watched.Policy.Fail(default);
        }

        Assert.Equal([Verdict.StartedByHand, Verdict.Nothing], See(KnownResourceStates.Starting, KnownResourceStates.Running));
    }

    [Fact]
    public void The_end_of_one_process_told_again_while_the_next_one_waits_is_no_end()
    {
        var (first, second) = (new DateTime(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc), new DateTime(2026, 1, 5, 11, 0, 0, DateTimeKind.Utc));
        See("Running", "Stopping");
        Assert.Equal(Verdict.Nothing, _watched.See("Finished", first));
        See("Waiting");

        Assert.Equal(Verdict.Nothing, _watched.See("Finished", first));

        See("Running");
        Assert.Equal(Verdict.Ended, _watched.See("Finished", second));
    }

    private Verdict[] See(params string[] states) => [.. states.Select(state => _watched.See(state, startedAt: null))];
}
