using AITrader.Signals.Bars;
using AITrader.Signals.Patterns.Candlesticks;

namespace AITrader.Signals.Tests.Patterns.Candlesticks;

/// <summary>Every column of the labels, value by value, lookback included.</summary>
public sealed class CandleLabelTests
{
    public static TheoryData<string> Patterns => [.. CandlePatterns.All.Select(static pattern => pattern.Name)];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Equals_every_label(string name)
    {
        var labels = CandleLabels.Open();
        var pattern = CandlePatterns.All.Single(candidate => candidate.Name == name);
        var window = new CandleWindow();
        var found = new List<int?>();
        foreach (var bar in labels.Bars)
        {
            window.Push(bar);
            found.Add(window.Count > pattern.Lookback ? pattern.At(window, pattern.Penetration) : null);
        }

        Assert.Equal(labels.Column($"CDL{name}"), found);
    }

    [Fact]
    public void Knows_every_column_and_no_other() =>
        Assert.Equal(CandleLabels.Open().Names, CandlePatterns.All.Select(static pattern => $"CDL{pattern.Name}"));
}
