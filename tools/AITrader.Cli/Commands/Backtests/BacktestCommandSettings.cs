using System.ComponentModel;
using AITrader.Backtesting.Data;
using AITrader.Backtesting.Runs;
using AITrader.Backtesting.Search;
using AITrader.Cli.Commands.Arguments;
using AITrader.Trading.Fills;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Backtests;

internal sealed class BacktestCommandSettings : JsonSettings
{
    [CommandArgument(0, "<strategy>")]
    [Description(
        "An example (`list` names them), a document (.json), an assembly (.dll), or the folder of a strategy's project; FOLDER:CLASS where it has several."
    )]
    public string Strategy { get; set; } = string.Empty;

    [CommandOption("-d|--data <FILE>")]
    [Description(
        "Required, repeatable. A file of ticks or bars of any known format, a folder of them, or ticks that the running system has stored, as ticks:SYMBOL,...@FROM/TO[[@RUN]]."
    )]
    public string[] Data { get; set; } = [];

    [CommandOption("--from <TIME>")]
    [Description("First moment, included. ISO 8601, UTC where no offset is given.")]
    public string? From { get; set; }

    [CommandOption("--to <TIME>")]
    [Description("End, not included.")]
    public string? To { get; set; }

    [CommandOption("-p|--param <NAME=VALUE>")]
    [Description("Repeatable. An option: one value, or several to search over: fast=5..20, fast=5..20:5, fast=5,10,20.")]
    public string[] Param { get; set; } = [];

    [CommandOption("--cash <AMOUNT>")]
    [Description("Cash at the start.")]
    [DefaultValue(100_000.0)]
    public double Cash { get; set; }

    [CommandOption("--spread-bps <BPS>")]
    [Description("Distance of bid and ask of bars, which do not say it, in basis points.")]
    [DefaultValue(0.0)]
    public double SpreadBps { get; set; }

    [CommandOption("--search <METHOD>")]
    [Description("How to search where options have several values: grid, random or tpe.")]
    [DefaultValue("grid")]
    public string Search { get; set; } = "grid";

    [CommandOption("--trials <N>")]
    [Description("Most trials; all of a grid, otherwise 100, where it is left out.")]
    public int? Trials { get; set; }

    [CommandOption("--seed <N>")]
    [Description("Seed of everything that is left to chance, from 0.")]
    [DefaultValue(1)]
    public int Seed { get; set; }

    [CommandOption("--objective <NAME>")]
    [Description("What a search maximises: sharpe, sortino, calmar or return.")]
    [DefaultValue("sharpe")]
    public string Objective { get; set; } = "sharpe";

    [CommandOption("--holdout <PART>")]
    [Description("End of the data that no trial of a search sees.")]
    [DefaultValue(0.25)]
    public double Holdout { get; set; }

    [CommandOption("--threads <N>")]
    [Description("Worker threads of a search; one for each core where it is left out.")]
    public int? Threads { get; set; }

    [CommandOption("--walk-forward <N>")]
    [Description("Search on what came before and trade what comes next, N times, instead of holding out the end.")]
    public int? WalkForward { get; set; }

    [CommandOption("--latency-ms <MS>")]
    [Description("Time until an order can be matched; 50 on ticks, 0 on bars, where it is left out.")]
    public double? LatencyMs { get; set; }

    [CommandOption("--queue")]
    [Description("Resting orders keep a place in the queue at their price.")]
    public bool Queue { get; set; }

    [CommandOption("--rejects <PART>")]
    [Description("Part of the orders that the exchange rejects, by chance of the seed.")]
    [DefaultValue(0.0)]
    public double Rejects { get; set; }

    [CommandOption("--partials <PART>")]
    [Description("Part of the executions that get a part only, by chance of the seed.")]
    [DefaultValue(0.0)]
    public double Partials { get; set; }

    [CommandOption("--report <DIR>")]
    [Description("Folder for the report: report.html, result files, and a search's trials, from which it goes on.")]
    public string? Report { get; set; }

    [CommandOption("--store")]
    [Description("Send the result to the running system, where it appears in `runs`; of a search, its best trials, each as a run.")]
    public bool Store { get; set; }

    [CommandOption("--store-trials <N>")]
    [Description("How many trials of a search --store sends, the best first.")]
    [DefaultValue(10)]
    public int StoreTrials { get; set; } = 10;

    public MarketTapeSettings Tape
    {
        get
        {
            var all = new MarketTapeSettings { SpreadBps = (decimal)SpreadBps };
            return all with
            {
                From = From is { } from && UtcTimes.TryParse(from, out var first) ? first : all.From,
                To = To is { } to && UtcTimes.TryParse(to, out var end) ? end : all.To,
            };
        }
    }

    public BacktestSettings Backtest =>
        new()
        {
            StartingCash = (decimal)Cash,
            Fills = LatencyMs is { } latency ? new FillRules(TimeSpan.FromMilliseconds(latency)) : null,
            Model = FillModel.Touch with { Seed = (ulong)Seed, KeepsQueue = Queue, RejectRate = Rejects, PartialRate = Partials },
        };

    public SearchSettings SearchBy =>
        new()
        {
            Method = Search,
            Trials = Trials,
            Seed = Seed,
            Objective = new SearchObjective(Objective),
            Holdout = Holdout,
            Threads = Threads ?? Environment.ProcessorCount,
            Log = Report is { } report ? Path.Combine(Directory.CreateDirectory(report).FullName, "trials.jsonl") : null,
        };

    public override ValidationResult Validate() => Problem() is { } problem ? ValidationResult.Error(problem) : ValidationResult.Success();

    private string? Problem() =>
        this switch
        {
            { Strategy: "list" } => null,
            { Data.Length: 0 } => "--data is missing, such as --data ticks.csv.gz",
            { Data: var data } when data.Select(StoredTicks.ProblemOf).FirstOrDefault(static found => found is not null) is { } odd => odd,
            { From: { } from } when !UtcTimes.TryParse(from, out _) =>
                $"--from: '{from}' is no time such as 2024-08-08 or 2024-08-08T23:54:00Z",
            { To: { } to } when !UtcTimes.TryParse(to, out _) => $"--to: '{to}' is no time such as 2024-08-08 or 2024-08-08T23:54:00Z",
            { Cash: not (> 0 and <= 1e12) } => "--cash is an amount above 0, up to 1e12",
            { SpreadBps: not (>= 0 and <= 1000) } => "--spread-bps is a number from 0 to 1000",
            { Holdout: not (>= 0 and <= 0.9) } => "--holdout is a part from 0 to 0.9",
            { Seed: < 0 } => "--seed is a number from 0",
            { Trials: < 1 } => "--trials is a number from 1",
            { Store: true, WalkForward: not null } => "--store takes one backtest or the trials of a search, not a walk forward",
            { StoreTrials: < 1 } => "--store-trials is a number from 1",
            { WalkForward: < 1 or > 100 } => "--walk-forward is a number from 1 to 100",
            { LatencyMs: < 0 or > 60_000 } => "--latency-ms is a number from 0 to 60000",
            { Rejects: not (>= 0 and <= 1) } => "--rejects is a part from 0 to 1",
            { Partials: not (>= 0 and <= 1) } => "--partials is a part from 0 to 1",
            { Threads: < 1 } => "--threads is a number from 1",
            _ when !SearchSettings.Methods.Contains(Search) => $"--search is {string.Join(", ", SearchSettings.Methods)}, not '{Search}'",
            _ when !SearchObjective.Names.Contains(Objective) =>
                $"--objective is {string.Join(", ", SearchObjective.Names)}, not '{Objective}'",
            _ => Param.Select(static param => ParameterAxis.TryParse(param, out _)).FirstOrDefault(static problem => problem is not null)
                is { } problem
                ? $"--param {problem}"
                : null,
        };
}
