using AITrader.Cli.Building;
using AITrader.Cli.Failures;
using AITrader.Cli.Output;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Development;

/// <summary><c>publish</c>: writes a Helm chart for Kubernetes.</summary>
internal sealed class PublishCommand(Installation installation, Builder builder, ProgressDisplay bar, IAnsiConsole console)
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
