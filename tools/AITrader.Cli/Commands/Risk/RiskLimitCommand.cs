using System.Text.Json;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Risk;

/// <summary><c>risk limit</c>: changes some limits of a scope and leaves its others.</summary>
internal sealed class RiskLimitCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<LimitSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, LimitSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var limits = settings.Numbers.Count == 0 ? [] : Known(await client.GetAsync("/api/v1/risk", cancellationToken), settings.Path);
        foreach (var (name, number) in settings.Numbers)
        {
            limits.Remove(name);
            if (number is { } value)
            {
                limits[name] = value;
            }
        }

        var answer = await client.SendAsync(
            HttpMethod.Put,
            $"/api/v1/risk/limits/{settings.Path}",
            new Dictionary<string, object> { ["limits"] = limits },
            cancellationToken
        );
        console.SayAll(RiskView.ChangeLines(answer!.Value));
        return ExitCodes.Done;
    }

    private static SortedDictionary<string, decimal> Known(JsonElement risk, string path)
    {
        var numbers = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var row in risk.GetProperty("limits").EnumerateArray().Where(row => RiskView.PathOf(row) == path))
        {
            foreach (var limit in row.GetProperty("limits").EnumerateObject())
            {
                numbers[limit.Name] = limit.Value.GetDecimal();
            }
        }

        return numbers;
    }
}
