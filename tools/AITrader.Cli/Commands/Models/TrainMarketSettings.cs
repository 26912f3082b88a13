using System.ComponentModel;
using System.Globalization;
using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Commands.Backtests;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

/// <summary>What all trainings on market data have in common.</summary>
internal abstract class TrainMarketSettings : ModelSettings
{
    [CommandOption("-d|--data <FILE>")]
    [Description(
        "Required, repeatable. A file of ticks or bars of any known format, a folder of them, or ticks that the running system has stored, as ticks:SYMBOL,...@FROM/TO[[@RUN]]."
    )]
    public string[] Data { get; set; } = [];

    [CommandOption("-s|--symbol <SYMBOL>")]
    [Description("Repeatable. Train with these only.")]
    public string[] Symbol { get; set; } = [];

    [CommandOption("--from <TIME>")]
    [Description("First moment, included. ISO 8601, UTC where no offset is given.")]
    public string? From { get; set; }

    [CommandOption("--to <TIME>")]
    [Description("End, not included.")]
    public string? To { get; set; }

    [CommandOption("--steps <N>")]
    [Description("Steps of training at most; 2000, of patterns 3000.")]
    public int? Steps { get; set; }

    [CommandOption("--rate <RATE>")]
    [Description("Highest rate of learning; 0.0003, of patterns 0.001.")]
    public double? Rate { get; set; }

    [CommandOption("--seed <N>")]
    [Description("Seed of everything that is left to chance; 1.")]
    public int? Seed { get; set; }

    [CommandOption("--threads <N>")]
    [Description("Processors to take; all where it is left out.")]
    public int? Threads { get; set; }

    [CommandOption("--job")]
    [Description("Let the running system train, as a job, on ticks that it has stored; Ctrl-C leaves the job to it.")]
    public bool Job { get; set; }

    [CommandOption("--licence <TEXT>")]
    [Description("Licence and origin of the data, for the model's card.")]
    public string? Licence { get; set; }

    /// <summary>What is trained: forecast or patterns.</summary>
    public abstract string Task { get; }

    /// <summary>Step of the prices; null for each trade.</summary>
    public virtual string? Step => null;

    /// <summary>Trainings forward in time beside the one that is kept; null for none.</summary>
    public virtual int? Folds => null;

    /// <summary>What was said of the recipe; the rest is as usual.</summary>
    public IReadOnlyDictionary<string, object> Recipe
    {
        get
        {
            var said = new Dictionary<string, object>();
            foreach (var (name, value) in Own.Append(("steps", Steps)).Append(("rate", Rate)).Append(("seed", Seed)))
            {
                if (value is not null)
                {
                    said[name] = value;
                }
            }

            return said;
        }
    }

    /// <summary>Values of the recipe that only such a model has; null where nothing was said.</summary>
    protected abstract IEnumerable<(string Name, object? Value)> Own { get; }

    /// <summary>Names of the data without folders of this machine.</summary>
    public IReadOnlyList<string> Sources =>
        [
            .. Data.Select(static data =>
                data.StartsWith(ReplayArguments.StoredTicks, StringComparison.Ordinal)
                    ? data
                    : Path.GetFileName(Path.TrimEndingDirectorySeparator(data))
            ),
        ];

    /// <summary>This command, for the card: without folders of this machine.</summary>
    public string Command
    {
        get
        {
            var parts = new List<string> { $"./aitrader train {Task}", Model };
            parts.AddRange(Recipe.SelectMany(static pair => OptionsOf(pair.Key, pair.Value)));
            parts.AddRange(Sources.Select(static data => $"--data {data}"));
            parts.AddRange(Symbol.Select(static symbol => $"--symbol {symbol}"));
            parts.AddRange(
                new[] { ("from", From), ("to", To), ("every", Step) }
                    .Where(static option => option.Item2 is not null)
                    .Select(static option => $"--{option.Item1} {option.Item2}")
            );
            if (Folds is { } folds)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"--walk-forward {folds}"));
            }

            return string.Join(' ', parts);
        }
    }

    public override ValidationResult Validate() => Problem() is { } problem ? ValidationResult.Error(problem) : base.Validate();

    /// <summary>What is wrong with the options that only such a model has; null where nothing is.</summary>
    protected virtual string? OwnProblem() => null;

    private static IEnumerable<string> OptionsOf(string name, object value) =>
        (value as IEnumerable<int>)?.SelectMany(one => OptionsOf(name, one))
        ?? [string.Create(CultureInfo.InvariantCulture, $"--{name.Replace('_', '-')} {value}")];

    private string? Problem() =>
        this switch
        {
            { Data.Length: 0 } => "--data is missing, such as --data ticks.csv.gz",
            { Data: var data } when data.Select(StoredTicks.ProblemOf).FirstOrDefault(static found => found is not null) is { } odd => odd,
            { From: { } from } when !UtcTimes.TryParse(from, out _) => $"--from: '{from}' is no time such as 2024-08-08",
            { To: { } to } when !UtcTimes.TryParse(to, out _) => $"--to: '{to}' is no time such as 2024-08-08",
            { Threads: < 1 } => "--threads is a number from 1",
            { Job: true } when Data is not [var data] || !data.StartsWith(ReplayArguments.StoredTicks, StringComparison.Ordinal) =>
                "--job takes one --data, of stored ticks: ticks:BTCUSDT@2024-08-08/2024-08-09",
            { Job: true } when Symbol.Length > 0 || From is not null || To is not null || Repository is not null || Licence is not null =>
                "--job takes symbols and times as parts of --data, and the repository of the system",
            _ => OwnProblem(),
        };
}
