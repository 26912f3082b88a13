using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Strategies;
using AITrader.Trading.Statistics;

namespace AITrader.Backtesting.Search;

/// <summary>Runs a strategy with many combinations of options, and says how far the best one can be trusted.</summary>
/// <remarks>The result does not depend on the number of threads: trials are proposed in rounds of a fixed size.</remarks>
public sealed class StrategySearch
{
    private const int Round = 8;
    private const int DefaultTrials = 100;

    private readonly MarketTape _tape;
    private readonly Func<Strategy> _create;
    private readonly string _name;
    private readonly BacktestSettings _backtest;
    private readonly ParameterSpace _space;
    private readonly SearchSettings _settings;
    private readonly MarketTape _inSample;

    private StrategySearch(
        MarketTape tape,
        Func<Strategy> create,
        string name,
        BacktestSettings backtest,
        ParameterSpace space,
        SearchSettings settings
    )
    {
        (_tape, _create, _name, _backtest, _space, _settings) = (tape, create, name, backtest, space, settings);
        _inSample = tape.Slice(0, HoldoutFrom(tape, settings.Holdout));
    }

    private int Trials => (int)Math.Min(_space.Count, _settings.Trials ?? (_settings.Method == "grid" ? int.MaxValue : DefaultTrials));

    /// <summary>Searches.</summary>
    /// <param name="tape">All data; its end is held out.</param>
    /// <param name="create">Makes a new strategy with the options that are not varied.</param>
    /// <param name="name">Its name.</param>
    /// <param name="backtest">Cash, instruments, risk, simulator.</param>
    /// <param name="space">What is varied.</param>
    /// <param name="settings">How.</param>
    /// <param name="progress">Trials that are done, of how many.</param>
    /// <param name="ct">Ends the search; what is done is in the log.</param>
    /// <exception cref="BacktestException">An option cannot be set, or the strategy failed.</exception>
    public static SearchResult Run(
        MarketTape tape,
        Func<Strategy> create,
        string name,
        BacktestSettings backtest,
        ParameterSpace space,
        SearchSettings settings,
        IProgress<(int Done, int Of)>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(settings);
        return new StrategySearch(tape, create, name, backtest, space, settings).Run(progress, ct);
    }

    private SearchResult Run(IProgress<(int Done, int Of)>? progress, CancellationToken ct)
    {
        using var log = _settings.Log is { } path ? new TrialLog(path) : null;
        var method = MethodOf();
        var trials = new List<SearchTrial>();
        var done = new List<(int[] Point, double Score)>();
        while (trials.Count < Trials && method.Next(done, Math.Min(Round, Trials - trials.Count)) is { Count: > 0 } points)
        {
            var round = new ConcurrentDictionary<int, SearchTrial>();
            var first = trials.Count;
            var options = new ParallelOptions { MaxDegreeOfParallelism = _settings.Threads, CancellationToken = ct };
            ForEach(points.Count, options, i =>
            {
                round[i] = Try(first + i, points[i], log, ct);
                progress?.Report((first + round.Count, Trials));
            });
            trials.AddRange(round.OrderBy(static pair => pair.Key).Select(static pair => pair.Value));
            done.AddRange(points.Select((point, i) => (point, round[i].Score ?? double.NaN)));
        }

        return ResultOf(trials, ct);
    }

    // What one trial throws is what the search throws.
    private static void ForEach(int count, ParallelOptions options, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, options, work);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }

    private ISearchMethod MethodOf() =>
        _settings.Method switch
        {
            "grid" => new GridSearch(_space),
            "random" => new RandomSearch(_space, _settings.Seed),
            "tpe" => new ParzenSearch(_space, _settings.Seed),
            _ => throw new BacktestException(
                $"'{_settings.Method}' is no way to search; there are {string.Join(", ", SearchSettings.Methods)}"
            ),
        };

    private SearchTrial Try(int number, int[] point, TrialLog? log, CancellationToken ct)
    {
        var options = _space.OptionsAt(point);
        var strategy = _create().With(options);
        if (log?.Find(Backtest.RunOf(_inSample, strategy, _name, _backtest), _settings.Objective) is { } known)
        {
            return known with { Number = number };
        }

        var result = Backtest.Run(_inSample, strategy, _name, _backtest, null, ct);
        var varied = options.ToDictionary(static option => option.Name, static option => option.Value, StringComparer.Ordinal);
        var trial = SearchTrial.Of(number, varied, result, _settings.Objective);
        log?.Add(trial);
        return trial;
    }

    private SearchResult ResultOf(List<SearchTrial> trials, CancellationToken ct)
    {
        var best = trials.Where(static trial => trial.Score is not null).MaxBy(static trial => trial.Score);
        var returns = trials.ConvertAll(static trial => trial.Returns.ToArray());
        var overfitting = OverfittingGuard.CrossValidate(returns);
        var deflated = OverfittingGuard.Deflate(returns);
        var rest = _inSample.Count < _tape.Count ? _tape.Slice(_inSample.Count, _tape.Count) : null;
        var outOfSample = best is null || rest is null ? null : Again(best, rest, ct);
        return new SearchResult
        {
            Trials = trials,
            Again = (trial, token) => Again(trial, _inSample, token),
            Best = best,
            InSample = best is null ? null : Again(best, _inSample, ct),
            OutOfSample = outOfSample,
            Overfitting = overfitting,
            Deflated = deflated,
            Doubts = SearchVerdict.Doubts(best, overfitting, deflated, outOfSample),
        };
    }

    private BacktestResult Again(SearchTrial trial, MarketTape tape, CancellationToken ct) =>
        Backtest.Run(tape, _create().With(trial), _name, _backtest, null, ct);

    // By time, not by ticks: a quiet night is data as well.
    private static int HoldoutFrom(MarketTape tape, double holdout)
    {
        var (first, last) = (tape.Ticks[0].TimeMicros, tape.Ticks[^1].TimeMicros);
        var from = tape.IndexOf(last - (long)((last - first) * holdout));
        return holdout <= 0 || from < 1 ? tape.Count : from;
    }
}
