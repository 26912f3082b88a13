using System.Globalization;
using AITrader.Cli.Commands.Arguments;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Formats;
using AITrader.Formats.Reading;
using Spectre.Console;

namespace AITrader.Cli.Commands.Running;

/// <summary>Checks the sources of a replay before anything is built or started, so that a bad line is refused at once.</summary>
internal sealed class ReplayCheck(Installation installation, IAnsiConsole console)
{
    private const string Service = "AITrader.MarketData";

    /// <summary>Reads every file to its end.</summary>
    /// <exception cref="Refusal">A file cannot be replayed; the text names the first bad line.</exception>
    public void CheckFiles(IReadOnlyList<string> sources)
    {
        foreach (var source in sources.Where(Path.Exists))
        {
            console.Say($"reading {source}");
            try
            {
                using var reader = MarketFile.OpenTicks(source);
                while (reader.TryRead(out _))
                {
                    // Reading each line is the check.
                }

                console.Say(
                    string.Create(CultureInfo.InvariantCulture, $"    {reader.Ticks} ticks of {string.Join(' ', reader.Symbols.Names)}")
                );
            }
            catch (MarketDataException problem)
            {
                throw new Refusal(problem.Message, ExitCodes.Usage);
            }
        }

        if (sources.FirstOrDefault(static source => !Path.Exists(source) && !IsName(source)) is { } absent)
        {
            throw new Refusal($"there is no file {absent}", ExitCodes.Usage);
        }
    }

    /// <summary>Runs the service market-data to check that it knows each data set and has its files.</summary>
    /// <exception cref="Refusal">A data set is unknown or absent.</exception>
    public async Task CheckDataSetsAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        foreach (
            var name in sources.Where(static source =>
                IsName(source)
                && source != ReplayArguments.Demo
                && !source.StartsWith(ReplayArguments.StoredTicks, StringComparison.Ordinal)
            )
        )
        {
            var lines = new List<string>();
            var code = await ExternalProgram.RunAsync(
                new ExternalCall("dotnet", [installation.ProgramOf(Service), "validate", name], installation.Root),
                lines.Add,
                cancellationToken
            );
            if (code != 0)
            {
                throw new Refusal(string.Join('\n', lines), ExitCodes.Usage);
            }

            console.Say($"{name}: {lines.FirstOrDefault()}");
        }
    }

    // A name of a data set has neither folders nor the dot of a file.
    private static bool IsName(string source) =>
        !Path.Exists(source)
        && (source.StartsWith(ReplayArguments.StoredTicks, StringComparison.Ordinal) || source.AsSpan().IndexOfAny('/', '.', '\\') < 0);
}
