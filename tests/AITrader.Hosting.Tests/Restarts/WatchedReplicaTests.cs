using AITrader.Hosting.Restarts;
using Aspire.Hosting.ApplicationModel;

namespace AITrader.Hosting.Tests.Restarts;

public sealed class WatchedReplicaTests
{
    private readonly WatchedReplica _watched = new();

    [Theory]
    [InlineData("Exited")]
    [InlineData("Finished")]
    [InlineData("FailedToStart")]
    public void What_ends_by_itself_is_seen_once(string end)
    {
        Assert.Equal(
            [StateChange.Nothing, StateChange.Nothing, StateChange.Ended, StateChange.Nothing],
            Observe("Starting", "Running", end, end)
        );
        Assert.Equal([StateChange.Nothing, StateChange.Ended], Observe("Running", end));
    }

    [Fact]
    public void What_somebody_stops_stays_stopped() =>
        Assert.DoesNotContain(StateChange.Ended, Observe("Running", "Stopping", "Exited", "Starting", "Running", "Stopping", "Finished"));

    [Fact]
    public void What_was_never_started_has_not_ended() =>
        Assert.Equal([StateChange.Nothing, StateChange.Nothing], Observe("NotStarted", "Exited"));

    [Fact]
    public void A_start_by_hand_is_told_from_one_of_the_supervisor()
    {
        Observe("Running", "Exited");
        _watched.ExpectStart();
        Assert.Equal([StateChange.Nothing], Observe("Running"));
        Observe("Exited");
        for (var failure = 0; failure < RestartPolicy.MaxFailures; failure++)
        {
            _watched.Policy.Fail(default);
        }

        Assert.Equal([StateChange.StartedByHand, StateChange.Nothing], Observe(KnownResourceStates.Starting, KnownResourceStates.Running));
    }

    [Fact]
    public void The_end_of_one_process_told_again_while_the_next_one_waits_is_no_end()
    {
        var (first, second) = (new DateTime(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc), new DateTime(2026, 1, 5, 11, 0, 0, DateTimeKind.Utc));
        Observe("Running", "Stopping");
        Assert.Equal(StateChange.Nothing, _watched.Observe("Finished", first));
        Observe("Waiting");

        Assert.Equal(StateChange.Nothing, _watched.Observe("Finished", first));

        Observe("Running");
        Assert.Equal(StateChange.Ended, _watched.Observe("Finished", second));
    }

    private StateChange[] Observe(params string[] states) => [.. states.Select(state => _watched.Observe(state, startedAt: null))];
}
