using AITrader.Learning.Datasets;

namespace AITrader.Learning.Tests.Datasets;

public sealed class DatasetTests
{
    private const int Window = 5;
    private const int Horizon = 3;
    private const int Embargo = 4;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DatasetSettings Settings = new(Window, Horizon, Start.AddMinutes(60), Start.AddMinutes(80), Embargo);

    [Fact]
    public void No_label_of_a_part_reaches_into_the_next_one_or_the_embargo_before_it()
    {
        var dataset = Dataset.Of([Series("B", 100), Series("A", 90, late: 7)], Settings);
        Assert.Equal(["A", "B"], dataset.Series.Select(static series => series.Symbol));
        Assert.All(dataset[DatasetPart.Training], example => Assert.True(LastOf(dataset, example) < Start.AddMinutes(60 - Embargo)));
        Assert.All(dataset[DatasetPart.Validation], example => AssertWithin(dataset, example, 60, 80 - Embargo));
        Assert.All(dataset[DatasetPart.Test], example => AssertWithin(dataset, example, 80, int.MaxValue));

        // And none is left out: B has 60 - 4 prices to train with, the first 5 of them only in windows, the last 2 only in labels.
        Assert.Equal(56 - Window - Horizon + 1, dataset[DatasetPart.Training].Count(static example => example.Series == 1));
        Assert.Equal(16 - Horizon + 1, dataset[DatasetPart.Validation].Count(static example => example.Series == 1));
        Assert.Equal(20 - Horizon + 1, dataset[DatasetPart.Test].Count(static example => example.Series == 1));
    }

    [Fact]
    public void A_window_is_what_came_before_its_label()
    {
        var dataset = Dataset.Of([Series("A", 100)], Settings);
        var example = dataset[DatasetPart.Validation][0];
        float[] window = new float[Window],
            label = new float[Horizon];
        dataset.CopyWindow(example, window);
        dataset.CopyLabel(example, label);
        Assert.Equal([155f, 156f, 157f, 158f, 159f], window);
        Assert.Equal([160f, 161f, 162f], label);
    }

    [Fact]
    public void The_version_is_that_of_its_content()
    {
        var version = Dataset.Of([Series("A", 100), Series("B", 100)], Settings).Version;
        Assert.Matches("^[0-9a-f]{64}$", version);
        Assert.Equal(version, Dataset.Of([Series("B", 100), Series("A", 100)], Settings).Version);
        Assert.NotEqual(version, Dataset.Of([Series("A", 100), Series("B", 101)], Settings).Version);
        Assert.NotEqual(version, Dataset.Of([Series("A", 100), Series("B", 100, late: 1)], Settings).Version);
        Assert.NotEqual(version, Dataset.Of([Series("A", 100), Series("C", 100)], Settings).Version);
        Assert.NotEqual(version, Dataset.Of([Series("A", 100), Series("B", 100)], Settings with { Embargo = 5 }).Version);
        Assert.NotEqual(version, Dataset.Of([Series("A", 100), Series("B", 100) with { Values = [.. Raised()] }], Settings).Version);

        static IEnumerable<double> Raised() => Series("B", 100).Values.Select(static (value, i) => i == 99 ? value + 1e-9 : value);
    }

    [Fact]
    public void What_cannot_be_used_is_refused_with_the_place()
    {
        var good = Series("A", 100);
        Refused("no price", good with { Values = [.. good.Values.Select(static (value, i) => i == 40 ? double.NaN : value)] });
        Refused("no price", good with { Values = [.. good.Values.Select(static (value, i) => i == 40 ? -1 : value)] });
        Refused("lies before", good with { Times = [.. good.Times.Select((time, i) => i == 40 ? good.Times[38] : time)] });
        Refused("100 times and 99 prices", good with { Values = [.. good.Values.SkipLast(1)] });
        Refused("8 prices before the validation begins", good with { Times = [.. good.Times.Select(static time => time.AddMinutes(55))] });
        Assert.Throws<ArgumentException>(() => Dataset.Of([good], Settings with { TestFrom = Settings.ValidationFrom }));

        static void Refused(string reason, PriceSeries series) =>
            Assert.Contains(
                reason,
                Assert.Throws<ArgumentException>(() => Dataset.Of([series], Settings)).Message,
                StringComparison.Ordinal
            );
    }

    private static void AssertWithin(Dataset dataset, Example example, int from, int to)
    {
        Assert.True(dataset.Series[example.Series].Times[example.Start] >= Start.AddMinutes(from));
        Assert.True(LastOf(dataset, example) < Start.AddMinutes(Math.Min(to, 10_000)));
    }

    private static DateTimeOffset LastOf(Dataset dataset, Example example) =>
        dataset.Series[example.Series].Times[example.Start + Horizon - 1];

    private static PriceSeries Series(string symbol, int count, int late = 0) =>
        new(
            symbol,
            [.. Enumerable.Range(late, count).Select(static minute => Start.AddMinutes(minute))],
            [.. Enumerable.Range(0, count).Select(static i => 100.0 + i)]
        );
}
