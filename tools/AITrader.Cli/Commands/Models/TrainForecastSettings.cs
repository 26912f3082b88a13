using System.ComponentModel;
using System.Globalization;
using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Commands.Backtests;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Models;

internal sealed class TrainForecastSettings : ModelSettings
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

    [CommandOption("--every <TIME>")]
    [Description("Step of the prices, such as 00:00:01; each trade, and each bar of bars, where it is left out.")]
    public string? Every { get; set; }

    [CommandOption("-a|--architecture <NAME>")]
    [Description("nbeats, nbeats-interpretable or transformer; that of the name, else nbeats, where it is left out.")]
    public string? Architecture { get; set; }

    [CommandOption("--window <N>")]
    [Description("Prices that a forecast looks back on; strategy-engine sends 64.")]
    public int? Window { get; set; }

    [CommandOption("--horizon <N>")]
    [Description("Prices that it forecasts; 8.")]
    public int? Horizon { get; set; }

    [CommandOption("--width <N>")]
    [Description("Values of a layer; 32.")]
    public int? Width { get; set; }

    [CommandOption("--steps <N>")]
    [Description("Steps of training at most; 2000.")]
    public int? Steps { get; set; }

    [CommandOption("--rate <RATE>")]
    [Description("Highest rate of learning; 0.0003.")]
    public double? Rate { get; set; }

    [CommandOption("--seed <N>")]
    [Description("Seed of everything that is left to chance; 1.")]
    public int? Seed { get; set; }

    [CommandOption("--walk-forward <N>")]
    [Description(
        "Train N times more, each time to be judged by prices that are newer than all that it saw: a table for the card, and the model goes live only if it is better over all of them."
    )]
    public int? WalkForward { get; set; }

    [CommandOption("--threads <N>")]
    [Description("Processors to take; all where it is left out.")]
    public int? Threads { get; set; }

    [CommandOption("--job")]
    [Description("Let the running system train, as a job, on ticks that it has stored; Ctrl-C leaves the job to it.")]
    public bool Job { get; set; }

    [CommandOption("--licence <TEXT>")]
    [Description("Licence and origin of the data, for the model's card.")]
    public string? Licence { get; set; }

    /// <summary>What was said of the recipe; the rest is as usual.</summary>
    public IReadOnlyDictionary<string, object> Recipe
    {
        get
        {
            var said = new Dictionary<string, object> { ["architecture"] = Architecture ?? OfName() };
            Add("window", Window);
            Add("horizon", Horizon);
            Add("width", Width);
            Add("steps", Steps);
            Add("rate", Rate);
            Add("seed", Seed);
            return said;

            void Add(string name, object? value)
            {
                if (value is not null)
                {
                    said[name] = value;
                }
            }
        }
    }

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
            var parts = new List<string> { "./aitrader train forecast", Model };
            parts.AddRange(Recipe.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"--{pair.Key} {pair.Value}")));
            parts.AddRange(Sources.Select(static data => $"--data {data}"));
            parts.AddRange(Symbol.Select(static symbol => $"--symbol {symbol}"));
            parts.AddRange(
                new[] { ("from", From), ("to", To), ("every", Every) }
                    .Where(static option => option.Item2 is not null)
                    .Select(static option => $"--{option.Item1} {option.Item2}")
            );
            if (WalkForward is { } folds)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"--walk-forward {folds}"));
            }

            return string.Join(' ', parts);
        }
    }

    public override ValidationResult Validate() => Problem() is { } problem ? ValidationResult.Error(problem) : base.Validate();

    private string OfName() =>
        Model.StartsWith("transformer", StringComparison.Ordinal) ? "transformer"
        : Model.StartsWith("nbeats-interpretable", StringComparison.Ordinal) ? "nbeats-interpretable"
        : "nbeats";

    private string? Problem() =>
        this switch
        {
            { Data.Length: 0 } => "--data is missing, such as --data ticks.csv.gz",
            { Data: var data } when data.Select(StoredTicks.ProblemOf).FirstOrDefault(static found => found is not null) is { } odd => odd,
            { From: { } from } when !UtcTimes.TryParse(from, out _) => $"--from: '{from}' is no time such as 2024-08-08",
            { To: { } to } when !UtcTimes.TryParse(to, out _) => $"--to: '{to}' is no time such as 2024-08-08",
            { Every: { } every } when !TimeSpan.TryParse(every, CultureInfo.InvariantCulture, out var step) || step <= TimeSpan.Zero =>
                $"--every: '{every}' is no length such as 00:00:01 or 00:05:00",
            { Threads: < 1 } => "--threads is a number from 1",
            { WalkForward: < 2 or > 50 } => "--walk-forward is a number from 2 to 50",
            { Job: true, WalkForward: not null } => "--job trains once: --walk-forward is for a training here",
            { Job: true } when Data is not [var data] || !data.StartsWith(ReplayArguments.StoredTicks, StringComparison.Ordinal) =>
                "--job takes one --data, of stored ticks: ticks:BTCUSDT@2024-08-08/2024-08-09",
            { Job: true } when Symbol.Length > 0 || From is not null || To is not null || Repository is not null || Licence is not null =>
                "--job takes symbols and times as parts of --data, and the repository of the system",
            _ => null,
        };
}
