using System.ComponentModel;
using AITrader.Cli.Building;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands;

internal sealed class PublishSettings : CommandSettings
{
    [CommandArgument(0, "[folder]")]
    [Description("Where to; artifacts/publish where it is left out.")]
    public string? Folder { get; set; }
}

/// <summary>Writes a Helm chart.</summary>
internal sealed class PublishCommand(Installation installation, Builder builder, WorkBar bar, IAnsiConsole console)
    : AsyncCommand<PublishSettings>
{
    private const string Project = "AITrader.AppHost";

    public override async Task<int> ExecuteAsync(CommandContext context, PublishSettings settings, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(settings.Folder ?? Path.Combine(installation.Artifacts, "publish"));
        await builder.BuildAsync($"{Project}/{Project}.csproj", "the services", cancellationToken);
        Directory.CreateDirectory(folder);
        var lines = new List<string>();
        var call = new ExternalCall(
            "dotnet",
            [installation.ProgramOf(Project), "--operation", "publish", "--step", "publish", "--output-path", folder],
            installation.AppHostFolder
        );
        var code = await bar.RunAsync("publishing", total: 1, _ => ExternalProgram.RunAsync(call, lines.Add, cancellationToken));
        if (code != 0)
        {
            throw new Refusal($"publishing failed:\n{string.Join('\n', lines.TakeLast(20))}");
        }

        console.Say($"a Helm chart is in {folder}; secrets in values.yaml are empty on purpose");
        return ExitCodes.Done;
    }
}

/// <summary>Renews the lock files of packages.</summary>
internal sealed class LockCommand(Installation installation, WorkBar bar, IAnsiConsole console) : AsyncCommand
{
    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var call = new ExternalCall(
            "dotnet",
            ["restore", Installation.Solution, "--force-evaluate", "-p:RestoreLockedMode=false", "-nologo"],
            installation.Root
        );
        var code = await bar.RunAsync("resolving packages", total: 1, _ => ExternalProgram.RunAsync(call, lines.Add, cancellationToken));
        if (code != 0)
        {
            throw new Refusal($"the packages could not be resolved:\n{string.Join('\n', lines.TakeLast(20))}");
        }

        console.Say("every packages.lock.json is as the project files want it; look at what `git diff --stat` says, and commit it");
        return ExitCodes.Done;
    }
}
