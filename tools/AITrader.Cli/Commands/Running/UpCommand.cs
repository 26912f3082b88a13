using AITrader.Cli.Building;
using AITrader.Cli.Failures;
using AITrader.Cli.Hosting;
using AITrader.Cli.Machine;
using AITrader.Cli.Network;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using AITrader.Cli.Settings;
using AITrader.Cli.Status;
using AITrader.Cli.Views;
using AITrader.Hosting.Home;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Running;

/// <summary><c>up</c>: builds and starts the host with all services.</summary>
internal sealed class UpCommand(
    Installation installation,
    HostFinder finder,
    HostLauncher launcher,
    Shutdown shutdown,
    Builder builder,
    Requirements requirements,
    ReplayCheck check,
    StartDisplay board,
    StatusReader reader,
    IAnsiConsole console,
    TimeProvider time
) : AsyncCommand<UpSettings>
{
    private const string Project = "AITrader.AppHost/AITrader.AppHost.csproj";

    public override async Task<int> ExecuteAsync(CommandContext context, UpSettings settings, CancellationToken cancellationToken)
    {
        await RefuseSecondAsync(cancellationToken);
        var sources = HostArguments.SourcesOf(settings);
        check.CheckFiles(sources);
        var file = SettingsFile.Find(settings.SettingsFile ?? Environment.GetEnvironmentVariable(SettingsFile.Setting), installation.Root);
        await SettingsWarnings.SayAsync(KnownSettings.Read(installation), file);
        await requirements.EnsureAsync(Requirements.ToRun, cancellationToken);
        await builder.BuildAsync(Project, "the services", cancellationToken);
        await check.CheckDataSetsAsync(sources, cancellationToken);
        if (settings.Fresh)
        {
            console.Say($"deleting local data in {installation.Home.Root}");
            installation.Home.Clear();
        }

        if (!settings.FreePorts)
        {
            Ports.RequireFree(DeveloperCertificate.Find(time) is not null);
        }

        var record = await launcher.StartAsync(HostArguments.Of(settings), file?.Path, cancellationToken);
        await ShowAsync(record, settings, cancellationToken);
        return settings.Attach ? await StayAsync(record, cancellationToken) : ExitCodes.Done;
    }

    private async Task RefuseSecondAsync(CancellationToken cancellationToken)
    {
        switch (finder.Find())
        {
            case HostState.Running running:
                throw new Refusal(
                    $"AITrader is running already (process {running.Record.Process.Pid}). `./aitrader status` shows it, `./aitrader down` stops it."
                );
            case HostState.Crashed crashed:
                console.Say(
                    $"the host of the run before (process {crashed.Record.Process.Pid}) ended unexpectedly; {crashed.Left.Count} processes of it are left and are stopped first"
                );
                await shutdown.RunAsync(crashed.Record, cancellationToken);
                break;
        }
    }

    private async Task ShowAsync(HostRecord record, UpSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await board.WaitAsync(record, names: null, cancellationToken);
            Report(await reader.ReadAsync(record, cancellationToken), settings);
        }
        catch (Exception failure) when (failure is Refusal || cancellationToken.IsCancellationRequested)
        {
            // An interruption before the command has reported what it started means that nothing is wanted: stop all of it.
            await shutdown.RunAsync(record, CancellationToken.None);
            throw;
        }
    }

    private void Report(SystemStatus status, UpSettings settings)
    {
        console.Write(StatusView.Of(status, console.Profile.Width));
        console.Say();
        console.Say($"{StatusView.Of(status.Usage)}");
        LinkLines.Say(console, status.Links);
        if (HostArguments.Loops(settings))
        {
            console.Say("The replay begins again at its end; `--once` plays it once, `./aitrader replay` controls it.");
        }

        console.Say(
            settings.Attach ? "Ctrl-C stops everything." : "`./aitrader status` shows how it is doing, `./aitrader down` stops it."
        );
    }

    private async Task<int> StayAsync(HostRecord record, CancellationToken cancellationToken)
    {
        try
        {
            while (record.Process.IsAlive)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await shutdown.RunAsync(record, CancellationToken.None);
            console.Say("AITrader is stopped.");
            return ExitCodes.Done;
        }

        await shutdown.RunAsync(record, CancellationToken.None);
        throw new Refusal($"the host has ended; its log is {installation.Home.HostLog}");
    }
}
