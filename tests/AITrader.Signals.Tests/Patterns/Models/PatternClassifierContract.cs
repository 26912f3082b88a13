using AITrader.Domain.Signals;
using AITrader.Signals.Patterns.Models;

namespace AITrader.Signals.Tests.Patterns.Models;

/// <summary>What every classifier behind the port must hold; an adapter inherits it.</summary>
public abstract class PatternClassifierContract
{
    private protected abstract IPatternClassifier Create();

    [Fact]
    public void Has_a_name_a_window_and_classes_with_names_of_their_own()
    {
        var classifier = Create();
        Assert.NotEmpty(classifier.Name);
        Assert.True(classifier.Window > 0);
        Assert.NotEmpty(classifier.Classes);
        Assert.Equal(classifier.Classes.Count, classifier.Classes.Select(static known => known.Name).Distinct().Count());
        Assert.All(classifier.Classes, static known => Assert.True(known.HorizonSeconds > 0));
    }

    [Fact]
    public async Task Gives_probabilities_that_depend_on_the_window_alone()
    {
        var random = new Random(3);
        var classifier = Create();
        var windows = Enumerable
            .Range(0, 50)
            .Select(_ => Enumerable.Range(0, classifier.Window).Select(_ => 100 + random.NextDouble()).ToArray())
            .ToList();
        var first = await Task.WhenAll(windows.Select(window => AskAsync(classifier, window)));
        Assert.All(first, static probabilities =>
        {
            Assert.All(probabilities, static probability => Assert.InRange(probability, 0, 1));
            Assert.Equal(1, probabilities.Sum(), 1e-3);
        });

        windows.Reverse();
        var again = await Task.WhenAll(windows.Select(window => AskAsync(Create(), window)));
        Assert.Equal(first.Reverse(), again);
    }

    [Fact]
    public async Task Leaves_the_window_as_it_is()
    {
        var classifier = Create();
        var window = Enumerable.Range(0, classifier.Window).Select(static i => 100.0 + i).ToArray();
        var before = window.ToArray();
        await AskAsync(classifier, window);
        Assert.Equal(before, window);
    }

    private static async Task<double[]> AskAsync(IPatternClassifier classifier, double[] window)
    {
        var probabilities = new double[classifier.Classes.Count];
        await classifier.ClassifyAsync(window, probabilities, TestContext.Current.CancellationToken);
        return probabilities;
    }
}

/// <summary>An adapter that tests can reckon with: the share of rises in the window.</summary>
internal sealed class CountingClassifier(int window) : IPatternClassifier
{
    public string Name => "counting-1";

    public IReadOnlyList<PatternClass> Classes { get; } =
    [new("rise", SignalDirection.Bullish, 30), new("fall", SignalDirection.Bearish, 30), new("none", SignalDirection.Neutral, 30)];

    public int Window => window;

    /// <summary>Called instead, where set.</summary>
    internal Action<Memory<double>>? Instead { get; set; }

    /// <summary>Called instead on what the port hands over, as it is.</summary>
    internal Action<Memory<double>>? Writes { get; set; }

    /// <summary>What it waits for before it answers.</summary>
    internal Task Until { get; set; } = Task.CompletedTask;

    public async ValueTask ClassifyAsync(ReadOnlyMemory<double> window, Memory<double> probabilities, CancellationToken ct)
    {
        await Task.Yield();
        await Until.WaitAsync(ct);
        if (Writes is not null)
        {
            Writes(probabilities);
            return;
        }

        var all = probabilities.Span;
        all.Clear();
        if (Instead is not null)
        {
            Instead(probabilities);
            return;
        }

        for (var i = 1; i < window.Length; i++)
        {
            var change = window.Span[i] - window.Span[i - 1];
            all[
                change > 0 ? 0
                : change < 0 ? 1
                : 2
            ] += 1.0 / (window.Length - 1);
        }

        all[2] += window.Length == 1 ? 1 : 0;
    }
}

public sealed class CountingClassifierTests : PatternClassifierContract
{
    private protected override IPatternClassifier Create() => new CountingClassifier(9);
}
