using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Jobs;

/// <summary><c>jobs</c>: lists jobs, newest first.</summary>
internal sealed class JobListCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<JobListSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, JobListSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var type = settings.Type is { } only ? $"&type={Uri.EscapeDataString(only)}" : string.Empty;
        var status = settings.Status is { } state ? $"&status={state}" : string.Empty;
        var jobs = await client.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/jobs?limit={settings.Count}{type}{status}"),
            cancellationToken
        );
        if (settings.Json)
        {
            console.SayJson(jobs);
        }
        else
        {
            console.Write(JobView.Table(jobs));
        }

        return ExitCodes.Done;
    }
}
