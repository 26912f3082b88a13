using AITrader.Domain.Normalization;
using AITrader.Domain.Time;

namespace AITrader.Domain.Tests.Normalization;

public sealed class SilenceWatchTests
{
    private const long Second = EventTime.MicrosPerSecond;

    private readonly List<SilentInstrument> _silent = [];

    [Fact]
    public void Each_instrument_has_its_own_limit()
    {
        var watch = new SilenceWatch([5 * Second, 2 * Second, 0], 0);
        Assert.Equal(SilenceStep.Wait, watch.Check((2 * Second) - 1, _silent));
        Assert.Empty(_silent);
        Assert.Equal(SilenceStep.Resubscribe, watch.Check(2 * Second, _silent));
        Assert.Equal([new SilentInstrument(1, 2 * Second, 2 * Second, SilenceStep.Resubscribe)], _silent);
        watch.Heard(0, 4 * Second);
        watch.Check(8 * Second, _silent);
        Assert.Equal([1], _silent.Select(static found => found.Symbol));
        watch.Check(9 * Second, _silent);
        Assert.Equal([0, 1], _silent.Select(static found => found.Symbol));
    }

    [Fact]
    public void First_it_is_subscribed_again_then_the_line_is_made_anew_ever_more_rarely()
    {
        var watch = new SilenceWatch([Second], 0);
        Assert.Equal(
            [
                SilenceStep.Wait,
                SilenceStep.Resubscribe,
                SilenceStep.Redial,
                SilenceStep.Wait,
                SilenceStep.Redial,
                SilenceStep.Wait,
                SilenceStep.Wait,
                SilenceStep.Wait,
                SilenceStep.Redial,
            ],
            Enumerable.Range(0, 9).Select(second => watch.Check(second * Second, _silent))
        );
        watch.Heard(0, 9 * Second);
        Assert.Equal(SilenceStep.Wait, watch.Check(9 * Second, _silent));
        Assert.Empty(_silent);
        Assert.Equal([SilenceStep.Resubscribe, SilenceStep.Redial], [watch.Check(10 * Second, _silent), watch.Check(11 * Second, _silent)]);
    }

    [Fact]
    public void After_a_time_without_listening_it_begins_anew()
    {
        var watch = new SilenceWatch([Second, Second], 0);
        watch.Forgive(10 * Second);
        Assert.Equal(SilenceStep.Wait, watch.Check((11 * Second) - 1, _silent));
        Assert.Equal(SilenceStep.Resubscribe, watch.Check(11 * Second, _silent));
        Assert.Equal(10 * Second, watch.LastHeard(1));
    }
}
