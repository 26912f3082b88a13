using System.ComponentModel;
using AITrader.Cli.Building;
using AITrader.Cli.Hosting;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using AITrader.Cli.Settings;
using AITrader.Hosting.Home;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands;

internal sealed class UpSettings : CommandSettings
{
    [CommandArgument(0, "[more]")]
    [Description("More to replay after --replay; several sources are merged by time.")]
    public string[] More { get; set; } = [];

    [CommandOption("-r|--replay <SOURCE>")]
    [Description(
        "Replay recorded data: a file (CSV with symbol,time,price,size,bid,ask; a Binance capture; .gz is fine), a data set (demo, binance-usdm-btcusdt, binance-spot-btcusdt, binance-coinm-ethusd), or stored ticks as ticks:SYMBOL,...@FROM/TO. Without it the mock exchange trades by itself."
    )]
    public string[] Replay { get; set; } = [];

    [CommandOption("-s|--speed <SPEED>")]
    [Description("1 is real time, 0.1 to 1000 times that, max is as fast as possible. 1 where it is left out.")]
    public string? Speed { get; set; }

    [CommandOption("--loop")]
    [Description("Begin again at the end, each round as a new run. The demo does so by itself.")]
    public bool Loop { get; set; }

    [CommandOption("--once")]
    [Description("Play it once, the demo too.")]
    public bool Once { get; set; }

    [CommandOption("--data <FOLDER>")]
    [Description("Folder whose files `./aitrader replay start` and the page may name; none without this.")]
    public string[] Folders { get; set; } = [];

    [CommandOption("--settings <FILE>")]
    [Description(
        "Settings file (JSON with comments). Without it: AITRADER_SETTINGS, or aitrader.json in the repository where that exists."
    )]
    public string? SettingsFile { get; set; }

    [CommandOption("--fresh")]
    [Description("Delete the local database, bus and logs first.")]
    public bool Fresh { get; set; }

    [CommandOption("--free-ports")]
    [Description("Listen on ports that are free instead of the usual ones, as beside another system; `./aitrader status` shows them.")]
    public bool FreePorts { get; set; }

    [CommandOption("-a|--attach")]
    [Description("Stay, and stop everything on Ctrl-C. Without it all goes on running until `./aitrader down`.")]
    public bool Attach { get; set; }

    [CommandOption("--host-setting <NAME=VALUE>")]
    [Description("A setting of the host or, as Services:NAME:..., of a service, for this run only.")]
    public string[] HostSettings { get; set; } = [];

    public override ValidationResult Validate() =>
        HostArguments.Check(this) is { } problem ? ValidationResult.Error(problem) : ValidationResult.Success();
}

/// <summary>Starts everything.</summary>
internal sealed class UpCommand(
    Installation installation,
    HostFinder finder,
    HostLauncher launcher,
    Shutdown shutdown,
    Builder builder,
    Requirements requirements,
    ReplayCheck check,
    StartBoard board,
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
            // Until this command has said what it started, whoever interrupts it wants none of it.
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
