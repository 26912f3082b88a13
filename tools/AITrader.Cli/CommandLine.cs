using AITrader.Cli.Building;
using AITrader.Cli.Commands.Adjustments;
using AITrader.Cli.Commands.Backtests;
using AITrader.Cli.Commands.Data;
using AITrader.Cli.Commands.Development;
using AITrader.Cli.Commands.Models;
using AITrader.Cli.Commands.Orders;
using AITrader.Cli.Commands.Running;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Hosting;
using AITrader.Cli.Machine;
using AITrader.Cli.Output;
using AITrader.Cli.Repository;
using AITrader.Cli.Status;
using AITrader.Cli.Testing;
using AITrader.Cli.Views;
using AITrader.Hosting.Home;
using AITrader.Venues.Downloads;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli;

/// <summary>Sets up the commands and the services that they need, and runs one of them.</summary>
internal static class CommandLine
{
    // Wide enough for whole rows where no terminal says how wide it is.
    private const int RedirectedWidth = 240;

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = RedirectedWidth;
            console.Profile.Capabilities.Interactive = false;
        }

        try
        {
            var app = new CommandApp(new ServiceRegistrar(Services(Installation.Find(), console)));
            app.Configure(configurator => Configure(configurator, console));
            return await app.RunAsync(Usual(arguments), cancellationToken);
        }
        catch (Exception failure) when (ExitCodeOf(failure) is { } code)
        {
            await Console.Error.WriteLineAsync(TextOf(failure));
            return code;
        }
    }

    internal static void Configure(IConfigurator configurator, IAnsiConsole console)
    {
        configurator.SetApplicationName("./aitrader");
        configurator.ConfigureConsole(console);
        configurator.AddExample("up", "--replay", "demo", "--speed", "20");
        configurator.AddExample("status");
        configurator.AddExample("logs", "market-data", "-f");
        configurator.AddExample("down");
        configurator.AddExample("test", "Trading");
        configurator.UseStrictParsing();
        configurator.PropagateExceptions();
        configurator.CancellationExitCode(ExitCodes.Interrupted);
        CommandTable.Add(configurator);
    }

    internal static ServiceCollection Services(Installation installation, IAnsiConsole console)
    {
        var services = new ServiceCollection();
        services.AddSingleton(installation).AddSingleton(installation.Home).AddSingleton(console).AddSingleton(TimeProvider.System);
        services.AddSingleton<HostFinder>().AddSingleton<HostLauncher>().AddSingleton<HostStopper>().AddSingleton<Shutdown>();
        services
            .AddSingleton<UsageMeter>()
            .AddSingleton<StatusReader>()
            .AddSingleton<TokenStore>()
            .AddSingleton<GatewaySignIn>()
            .AddSingleton<GatewayConnector>();
        services.AddSingleton<BuildStamp>().AddSingleton<Builder>().AddSingleton<ProgressDisplay>();
        services.AddSingleton<Requirements>().AddSingleton<StartDisplay>().AddSingleton<ReplayCheck>().AddSingleton<ReplayFollower>();
        services.AddSingleton<OrderFollower>().AddSingleton<AdjustmentRequests>().AddSingleton<FileDownload>();
        services
            .AddSingleton<StoredTicks>()
            .AddSingleton<BacktestProgress>()
            .AddSingleton<BacktestStore>()
            .AddSingleton<TrialStore>()
            .AddSingleton<BacktestSearch>();
        services.AddSingleton<TrainingRun>().AddSingleton<TrainingRequest>();
        services.AddSingleton<DownloadDisplay>().AddSingleton(new DownloadSettings());
        services.AddSingleton<MachineCheck>().AddSingleton<BenchmarkNames>();
        services
            .AddSingleton<TestProjects>()
            .AddSingleton(new TestRunner(installation, TimeProvider.System, Path.Combine(installation.Artifacts, "test-results")));
        return services;
    }

    // `help NAME` is what people try first.
    private static IEnumerable<string> Usual(IReadOnlyList<string> arguments) =>
        arguments switch
        {
            [] or ["help"] => ["--help"],
            ["help", ..] => [.. arguments.Skip(1), "--help"],
            _ => arguments,
        };

    private static int? ExitCodeOf(Exception failure) =>
        failure switch
        {
            Refusal refusal => refusal.ExitCode,
            OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } => ExitCodes.Interrupted,
            CommandAppException => ExitCodes.Usage,
            SettingsFileException => ExitCodes.Usage,
            HomeFolderException or RpcException or IOException or UnauthorizedAccessException or HttpRequestException => ExitCodes.Failed,
            _ => null,
        };

    private static string TextOf(Exception failure) =>
        failure switch
        {
            OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } => "aitrader: interrupted",
            RpcException lost => $"aitrader: the host does not answer: {lost.Status.Detail}",
            CommandAppException =>
                $"aitrader: {failure.Message.TrimEnd('.')}. `./aitrader --help` lists the commands, `./aitrader COMMAND --help` explains one.",
            _ => $"aitrader: {failure.Message}",
        };
}
