using AITrader.Trading.Risk;
using FsCheck.Fluent;

namespace AITrader.Trading.Tests.Risk;

public sealed class EventTimesTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public void Counts_what_a_list_of_all_times_counts_whatever_order_they_come_in() =>
        Property.Holds(
            Gen.Choose(0, 9_999).ArrayOf(300),
            numbers =>
            {
                var times = new EventTimes(Longest);
                var all = new List<DateTimeOffset>();
                foreach (var (number, i) in numbers.Select(static (number, i) => (number, i)))
                {
                    // Half a second on with each, now and then back by up to three.
                    var at = Make.At((i * 0.5) - (number % 7 == 0 ? number % 30 * 0.1 : 0));
                    times.Add(at);
                    all.Add(at);
                    var span = TimeSpan.FromSeconds(number % 2 == 0 ? 1 : 50);
                    if (times.Within(span, at) != all.Count(time => time > at - span))
                    {
                        return false;
                    }
                }

                return true;
            },
            50
        );
}
