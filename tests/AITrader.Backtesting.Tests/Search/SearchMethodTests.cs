using AITrader.Backtesting.Search;

namespace AITrader.Backtesting.Tests.Search;

public sealed class SearchMethodTests
{
    private static readonly ParameterSpace Space = new([
        new("a", [.. Enumerable.Range(0, 40).Select(static i => $"{i}")]),
        new("b", [.. Enumerable.Range(0, 40).Select(static i => $"{i}")]),
    ]);

    [Fact]
    public void A_grid_has_every_point_once() =>
        Assert.Equal(Space.Count, Points(new GridSearch(Space), 2_000).Select(Space.NumberOf).Distinct().Count());

    [Theory]
    [InlineData("random")]
    [InlineData("tpe")]
    public void The_same_seed_gives_the_same_points_and_none_twice(string method)
    {
        var (first, second) = (Points(Method(method, 5), 300), Points(Method(method, 5), 300));

        Assert.Equal(first.Select(Space.NumberOf), second.Select(Space.NumberOf));
        Assert.Equal(300, first.Select(Space.NumberOf).Distinct().Count());
        Assert.NotEqual(first.Select(Space.NumberOf), Points(Method(method, 6), 300).Select(Space.NumberOf));
    }

    [Theory]
    [InlineData("random")]
    [InlineData("tpe")]
    public void Every_point_is_found_in_the_end(string method)
    {
        var small = new ParameterSpace([new("a", ["1", "2", "3"]), new("b", ["1", "2", "3"])]);
        ISearchMethod search = method == "tpe" ? new ParzenSearch(small, 1) : new RandomSearch(small, 1);
        Assert.Equal(9, Points(search, 100).Select(small.NumberOf).Distinct().Count());
    }

    // The best of 1,600 points lies at (31, 8): the estimator comes closer with 80 trials than chance, over many seeds.
    [Fact]
    public void The_estimator_finds_better_points_than_chance()
    {
        var (parzen, chance) = (0.0, 0.0);
        for (var seed = 0; seed < 40; seed++)
        {
            parzen += Points(Method("tpe", seed), 80).Max(Score);
            chance += Points(Method("random", seed), 80).Max(Score);
        }

        Assert.True(parzen > chance, $"{parzen} against {chance}");
    }

    [Fact]
    public void Trials_without_a_score_are_the_worst()
    {
        var search = new ParzenSearch(Space, 3);
        var done = Enumerable.Range(0, 20).Select(static i => (new[] { i, i }, double.NaN)).Append((new[] { 30, 30 }, -5.0)).ToList();
        Assert.Equal(8, search.Next(done, 8).Count);
    }

    private static ISearchMethod Method(string name, int seed) =>
        name == "tpe" ? new ParzenSearch(Space, seed) : new RandomSearch(Space, seed);

    private static double Score(int[] point) => -Math.Abs(point[0] - 31) - Math.Abs(point[1] - 8);

    private static List<int[]> Points(ISearchMethod search, int most)
    {
        var done = new List<(int[] Point, double Score)>();
        while (done.Count < most && search.Next(done, Math.Min(8, most - done.Count)) is { Count: > 0 } points)
        {
            done.AddRange(points.Select(static point => (point, point.Length > 1 ? Score(point) : 0)));
        }

        return done.ConvertAll(static trial => trial.Point);
    }
}
