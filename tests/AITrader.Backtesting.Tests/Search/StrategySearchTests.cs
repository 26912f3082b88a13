using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Backtesting.Search;
using AITrader.Strategies.Examples;

namespace AITrader.Backtesting.Tests.Search;

public sealed class StrategySearchTests : IDisposable
{
    private static readonly ParameterSpace Space = new([new("Fast", ["3", "5", "8"]), new("Slow", ["20", "40", "60"])]);

    private readonly string _log = Path.Combine(Path.GetTempPath(), $"trials-{Guid.CreateVersion7():N}.jsonl");

    public void Dispose() => File.Delete(_log);

    [Theory]
    [InlineData("grid")]
    [InlineData("random")]
    [InlineData("tpe")]
    public void The_result_does_not_depend_on_the_number_of_threads(string method)
    {
        var tape = Tapes.Walk(3, 12_000);
        var settings = new SearchSettings { Method = method, Trials = 9 };
        var (one, four) = (Search(tape, settings), Search(tape, settings with { Threads = 4 }));

        Assert.Equal(9, one.Trials.Count);
        Assert.Equal(one.Trials.Select(static trial => trial.Run), four.Trials.Select(static trial => trial.Run));
        Assert.Equal(one.Best!.Run, four.Best!.Run);
        Assert.Equal(one.Overfitting!.Probability, four.Overfitting!.Probability);
    }

    [Fact]
    public void No_trial_sees_the_data_that_is_held_out()
    {
        var tape = Tapes.Walk(3, 12_000);
        var cut = tape.Slice(0, 9_000);
        var whole = Search(tape, new SearchSettings());
        var part = Search(cut, new SearchSettings { Holdout = 0 });

        Assert.Equal(Scores(part), Scores(whole));
        Assert.Equal(3_000, whole.OutOfSample!.Ticks);
        Assert.Null(part.OutOfSample);

        static IEnumerable<double?> Scores(SearchResult result) => result.Trials.Select(static trial => trial.Score);
    }

    [Fact]
    public void A_search_goes_on_from_its_log_and_forgives_a_torn_line()
    {
        var tape = Tapes.Walk(3, 12_000);
        var settings = new SearchSettings { Log = _log };
        var first = Search(tape, settings with { Trials = 4 });
        var lines = File.ReadAllLines(_log).Where(static line => line.Length > 0).ToArray();
        Assert.Equal(4, lines.Length);
        File.WriteAllText(_log, $"{lines[0]}\n{lines[1]}\n{lines[2][..40]}");

        var again = Search(tape, settings);

        Assert.Equal(9, again.Trials.Count);
        Assert.Equal(first.Trials.Select(static trial => trial.Score), again.Trials.Take(4).Select(static trial => trial.Score));

        // Seven new ones beside the two that were whole, and the torn line.
        Assert.Equal(10, File.ReadAllLines(_log).Count(static line => line.Length > 0));
    }

    [Fact]
    public void A_search_that_was_cancelled_goes_on_where_it_was_and_comes_to_the_same()
    {
        var tape = Tapes.Walk(3, 12_000);
        var whole = Search(tape, new SearchSettings());
        var settings = new SearchSettings { Log = _log };
        using var cancel = new CancellationTokenSource();
        var done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
            StrategySearch.Run(
                tape,
                static () => new EmaCross { Options = { BarSeconds = 5 } },
                "ema-cross",
                new BacktestSettings(),
                Space,
                settings,
                new Told(_ =>
                {
                    if (++done == 5)
                    {
                        cancel.Cancel();
                    }
                }),
                cancel.Token
            )
        );
        var kept = Lines();
        Assert.InRange(kept, 5, 8);

        var again = Search(tape, settings);
        Assert.Equal(
            whole.Trials.Select(static trial => (trial.Run, trial.Score)),
            again.Trials.Select(static trial => (trial.Run, trial.Score))
        );
        Assert.Equal(whole.Trials.Count, Lines());

        // A trial keeps numbers only, and all of it can be had again.
        var second = again.Again(again.Trials[1], TestContext.Current.CancellationToken);
        Assert.Equal((again.Trials[1].Run, again.Trials[1].Fills), (second.Run, second.Fills.Count));

        int Lines() => File.ReadAllLines(_log).Count(static line => line.Length > 0);
    }

    [Fact]
    public void Another_objective_is_not_answered_from_the_log()
    {
        var tape = Tapes.Walk(3, 12_000);
        var settings = new SearchSettings { Log = _log };
        Search(tape, settings);
        var byReturn = new SearchObjective("return");

        var logged = Search(tape, settings with { Objective = byReturn });

        Assert.Equal(
            Search(tape, new SearchSettings { Objective = byReturn }).Trials.Select(static trial => trial.Score),
            logged.Trials.Select(static trial => trial.Score)
        );
    }

    [Fact]
    public void A_walk_of_chance_is_not_called_good()
    {
        var result = Search(Tapes.Walk(3, 12_000), new SearchSettings());
        Assert.NotEmpty(result.Doubts);
        Assert.Contains(result.Doubts, static doubt => doubt.Contains("Sharpe ratio", StringComparison.Ordinal));
    }

    [Fact]
    public void A_strategy_that_never_trades_has_no_best()
    {
        var result = Search(Tapes.Walk(3, 100), new SearchSettings());
        Assert.Null(result.Best);
        Assert.Equal("no trial has a score: none of them traded enough", Assert.Single(result.Doubts));
    }

    [Fact]
    public void An_option_that_is_not_there_is_refused() =>
        Assert.StartsWith(
            "EmaCross has no option 'Quick'",
            Assert
                .Throws<BacktestException>(() =>
                    Search(Tapes.Walk(3, 100), new SearchSettings(), new ParameterSpace([new("Quick", ["1", "2"])]))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_walk_chooses_by_what_came_before_and_trades_what_comes_next()
    {
        var tape = Tapes.Walk(3, 12_000);
        var told = new List<(int Done, int Of)>();
        var folds = Walk(tape, new Told(told.Add));

        // Nine trials a search, and three searches.
        Assert.Equal([.. Enumerable.Range(1, 27).Select(static done => (done, 27))], told);

        Assert.Equal(3, folds.Count);
        Assert.Equal([3_000L, 3_000L, 3_000L], folds.Select(static fold => fold.Result!.Ticks));
        for (var i = 0; i < folds.Count; i++)
        {
            // What comes after a stretch changes neither its choice nor its result.
            var shorter = Search(tape.Slice(0, 3_000 * (i + 1)), new SearchSettings { Holdout = 0 });
            Assert.Equal(shorter.Best!.Options, folds[i].Best!.Options);
        }

        Assert.Equal(((1 + folds[0].Return) * (1 + folds[1].Return) * (1 + folds[2].Return)) - 1, WalkForward.Return(folds));

        static IReadOnlyList<WalkForwardFold> Walk(MarketTape tape, IProgress<(int Done, int Of)> progress) =>
            WalkForward.Run(
                tape,
                static () => new EmaCross { Options = { BarSeconds = 5 } },
                "ema-cross",
                new BacktestSettings(),
                Space,
                new SearchSettings(),
                3,
                progress,
                TestContext.Current.CancellationToken
            );
    }

    private static SearchResult Search(MarketTape tape, SearchSettings settings, ParameterSpace? space = null) =>
        StrategySearch.Run(
            tape,
            static () => new EmaCross { Options = { BarSeconds = 5 } },
            "ema-cross",
            new BacktestSettings(),
            space ?? Space,
            settings,
            null,
            TestContext.Current.CancellationToken
        );

    private sealed class Told(Action<(int Done, int Of)> tell) : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value) => tell(value);
    }
}
