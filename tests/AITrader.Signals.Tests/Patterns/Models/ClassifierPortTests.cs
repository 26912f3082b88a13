using AITrader.Signals.Catalogue;
using AITrader.Signals.Indicators;
using AITrader.Signals.Patterns;
using AITrader.Signals.Patterns.Models;
using AITrader.Signals.Tests.Patterns.Detectors;
using AITrader.TestSupport;

namespace AITrader.Signals.Tests.Patterns.Models;

public sealed class ClassifierPortTests
{
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public void Without_a_classifier_the_family_says_so_and_has_no_pattern()
    {
        Assert.StartsWith("absent", ModelFamily.Describe(null), StringComparison.Ordinal);
        Assert.Empty(ModelFamily.Definitions(null));
        Assert.DoesNotContain(PatternCatalogue.BuiltIn.All, static pattern => pattern.Family == PatternFamily.Model);
        Assert.Equal(
            "'model.*' is no pattern: no classifier is wired",
            Assert.Throws<ArgumentException>(static () => PatternSelection.Of("model.*")).Message.Split(" (")[0]
        );
    }

    [Fact]
    public void With_one_its_classes_are_patterns()
    {
        var classifier = new CountingClassifier(9);
        Assert.Equal("wired: counting-1, 3 classes over the last 9 prices", ModelFamily.Describe(classifier));
        Assert.Equal(
            [
                (PatternCatalogue.BuiltIn.Count, "model_rise", false),
                (PatternCatalogue.BuiltIn.Count + 1, "model_fall", false),
                (PatternCatalogue.BuiltIn.Count + 2, "model_none", true),
            ],
            ModelFamily.Definitions(classifier).Select(static pattern => (pattern.Index, pattern.Name, pattern.IsNeutral))
        );
    }

    [Fact]
    public async Task An_answer_belongs_to_the_tick_that_was_asked_about_whatever_came_since()
    {
        var port = new ClassifierPort(new CountingClassifier(5), 4);
        var state = new SymbolState(PatternParameters.Default.Periods);
        var asked = new List<bool>();
        var seq = 0;
        foreach (var tick in new Tape().Trade(100).Trade(101).Trade(102).Trade(103).Trade(104).Trade(103).Trade(102).Trade(101).Ticks)
        {
            state.Apply(tick);
            asked.Add(++seq is 4 or 5 or 8 && port.TryRequest(new ClassifiedTick(7, seq, tick.TimeMicros), state));
        }

        Assert.Equal([false, false, false, false, true, false, false, true], asked); // four trades are no window of five
        Assert.False(port.TryTake(out _));
        Assert.True(await port.ServeAsync(_test));
        Assert.True(await port.ServeAsync(_test));
        Assert.False(await port.ServeAsync(_test));

        Assert.True(port.TryTake(out var first));
        Assert.Equal((7, 5L, 0, 1.0), (first.Tick.Symbol, first.Tick.Seq, first.Class, first.Probability));
        Assert.True(port.TryTake(out var second));
        Assert.Equal((8L, 1, 0.75), (second.Tick.Seq, second.Class, second.Probability));
        Assert.False(port.TryTake(out _));
    }

    [Fact]
    public async Task Refuses_and_counts_what_does_not_fit_and_takes_more_when_there_is_room()
    {
        var port = new ClassifierPort(new CountingClassifier(2), 4);
        var state = Warm();
        Assert.Equal(4, Enumerable.Range(0, 10).Count(i => port.TryRequest(new ClassifiedTick(0, i, i), state)));
        Assert.Equal((6, 4), (port.Refused, port.Pending));

        await port.ServeAsync(_test);
        Assert.True(port.TryRequest(new ClassifiedTick(0, 10, 10), state));
        while (await port.ServeAsync(_test)) { }

        var taken = new List<long>();
        while (port.TryTake(out var result))
        {
            taken.Add(result.Tick.Seq);
        }

        Assert.Equal([0, 1, 2, 3], taken); // nobody took the first four in time for the fifth
        Assert.Equal(1, port.Lost);
    }

    [Theory]
    [InlineData(0.5, 0.6, 0.0)]
    [InlineData(-0.1, 1.1, 0.0)]
    [InlineData(double.NaN, 0.5, 0.5)]
    public async Task Gives_no_answer_where_the_classifier_gives_no_probabilities(double first, double second, double third)
    {
        var classifier = new CountingClassifier(2) { Instead = all => new[] { first, second, third }.CopyTo(all) };
        var port = new ClassifierPort(classifier, 1);
        Assert.True(port.TryRequest(default, Warm()));
        await Assert.ThrowsAsync<InvalidDataException>(() => port.ServeAsync(_test).AsTask());
        Assert.False(port.TryTake(out _));
        Assert.Equal(1, port.Failed);
    }

    [Fact]
    public async Task Goes_on_after_a_failure_of_the_classifier()
    {
        var classifier = new CountingClassifier(2) { Instead = static _ => throw new TimeoutException() };
        var port = new ClassifierPort(classifier, 1);
        Assert.True(port.TryRequest(new ClassifiedTick(0, 1, 1), Warm()));
        await Assert.ThrowsAsync<TimeoutException>(() => port.ServeAsync(_test).AsTask());

        classifier.Instead = null;
        Assert.True(port.TryRequest(new ClassifiedTick(0, 2, 2), Warm()));
        Assert.True(await port.ServeAsync(_test));
        Assert.True(port.TryTake(out var result));
        Assert.Equal(2, result.Tick.Seq);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Gives_no_answer_where_a_class_was_left_out_although_the_answer_before_had_it(int written)
    {
        var classifier = new CountingClassifier(2);
        var port = new ClassifierPort(classifier, 1);
        Assert.True(port.TryRequest(default, Warm()));
        Assert.True(await port.ServeAsync(_test));
        Assert.True(port.TryTake(out _));

        classifier.Writes = all => new[] { 1.0, 0.0 }.AsSpan(0, written).CopyTo(all.Span);
        Assert.True(port.TryRequest(default, Warm()));
        await Assert.ThrowsAsync<InvalidDataException>(() => port.ServeAsync(_test).AsTask());
        Assert.False(port.TryTake(out _));
        Assert.Equal(1, port.Failed);
    }

    [Fact]
    public async Task A_classifier_that_does_not_come_back_stops_nobody()
    {
        var gate = new TaskCompletionSource();
        var classifier = new CountingClassifier(2) { Until = gate.Task };
        var port = new ClassifierPort(classifier, 2);
        var state = Warm();
        Assert.True(port.TryRequest(new ClassifiedTick(0, 1, 1), state));
        var serving = port.ServeAsync(_test).AsTask();

        // The one that is being answered keeps its window; one more waits; all others are refused, at once.
        Assert.Equal(1, Enumerable.Range(2, 1_000).Count(i => port.TryRequest(new ClassifiedTick(0, i, i), state)));
        Assert.Equal((999, 1), (port.Refused, port.Pending));
        Assert.False(port.TryTake(out _));
        Assert.False(serving.IsCompleted);

        gate.SetResult();
        Assert.True(await serving);
        Assert.True(port.TryTake(out var result));
        Assert.Equal(1, result.Tick.Seq);
    }

    [Fact]
    public async Task A_call_that_is_given_up_frees_its_window()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_test);
        var classifier = new CountingClassifier(2) { Until = new TaskCompletionSource().Task };
        var port = new ClassifierPort(classifier, 1);
        Assert.True(port.TryRequest(default, Warm()));
        var serving = port.ServeAsync(end.Token).AsTask();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);

        classifier.Until = Task.CompletedTask;
        Assert.True(port.TryRequest(default, Warm()));
        Assert.True(await port.ServeAsync(_test));
    }

    [Fact]
    public void Says_when_the_engine_keeps_too_few_prices()
    {
        var state = new SymbolState(PatternParameters.Default.Periods with { Window = 2, Channel = 2 });
        new Tape().Trade(1).Trade(2).Trade(3).Trade(4).Trade(5).Ticks.ForEach(tick => state.Apply(tick));
        Assert.Throws<InvalidOperationException>(() => new ClassifierPort(new CountingClassifier(5), 2).TryRequest(default, state));
    }

    [Fact]
    public void Refuses_a_classifier_without_classes_of_its_own() =>
        Assert.Throws<ArgumentException>(static () => new ClassifierPort(new CountingClassifier(0), 2));

    [Fact]
    public void Allocates_nothing_on_the_hot_thread()
    {
        var port = new ClassifierPort(new CountingClassifier(8), 16);
        var state = Warm();
        Assert.Equal(
            0,
            Allocations.Of(() =>
            {
                for (var i = 0; i < 10_000; i++)
                {
                    port.TryRequest(new ClassifiedTick(0, i, i), state);
                    port.TryTake(out _);
                }
            })
        );
        Assert.True(port.Refused > 0);
    }

    private static SymbolState Warm()
    {
        var state = new SymbolState(PatternParameters.Default.Periods);
        new Tape()
            .Trade(100)
            .Trade(101)
            .Trade(102)
            .Trade(103)
            .Trade(104)
            .Trade(105)
            .Trade(106)
            .Trade(107)
            .Ticks.ForEach(tick => state.Apply(tick));
        return state;
    }
}
