using AITrader.Cli.Building;
using AITrader.Cli.Failures;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Development;

/// <summary><c>bench</c>: builds and runs one benchmark or all.</summary>
internal sealed class BenchCommand(
    Installation installation,
    BenchmarkNames names,
    Builder builder,
    Requirements requirements,
    IAnsiConsole console
) : AsyncCommand<BenchSettings>
{
    private const string Project = "AITrader.Benchmarks";
    private const string All = "all";
    private const string List = "list";

    public override async Task<int> ExecuteAsync(CommandContext context, BenchSettings settings, CancellationToken cancellationToken)
    {
        var known = names.All();
        if (settings.Name == List)
        {
            console.SayAll(known.Select(static pair => $"{pair.Key, -12} {pair.Value}"));
            return ExitCodes.Done;
        }

        if (settings.Name is { } name and not All && !known.ContainsKey(name))
        {
            throw new Refusal($"there is no benchmark '{name}'; there are: {string.Join(", ", known.Keys)}", ExitCodes.Usage);
        }

        await requirements.EnsureAsync(Requirements.ToRun, cancellationToken);
        await builder.BuildAsync($"benchmarks/{Project}/{Project}.csproj", "the benchmarks", cancellationToken);
        console.Say("measuring; the machine should do nothing else meanwhile (Ctrl-C ends it)");
        return await ExternalProgram.RunAttachedAsync(
            new ExternalCall("dotnet", [installation.ProgramOf(Project), settings.Name ?? All], installation.Root),
            cancellationToken
        );
    }
}
