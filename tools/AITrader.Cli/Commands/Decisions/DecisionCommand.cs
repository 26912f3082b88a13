using System.Text.Json;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Views;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Decisions;

/// <summary><c>decision</c>: explains a decision, or makes it again.</summary>
internal sealed class DecisionCommand(GatewayConnector gateway, IAnsiConsole console) : AsyncCommand<DecisionSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, DecisionSettings settings, CancellationToken cancellationToken)
    {
        using var client = await gateway.ConnectAsync(cancellationToken);
        var id = settings.Decision ?? await NewestAsync(client, cancellationToken);
        var path = $"/api/v1/decisions/{id}";
        var decision = await client.GetAsync(settings.Recompute ? $"{path}/recomputed" : path, cancellationToken);
        if (settings.Json)
        {
            console.SayJson(decision);
        }
        else
        {
            console.SayAll(DecisionView.Lines(decision));
            console.Write(DecisionView.Factors(decision));
            console.SayAll(DecisionView.Differences(decision));
        }

        return decision.TryGetProperty("same", out var same) && !same.GetBoolean() ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task<Guid> NewestAsync(GatewayClient client, CancellationToken cancellationToken)
    {
        var signals = await client.GetAsync("/api/signals?limit=50", cancellationToken);
        var decided = signals
            .GetProperty("items")
            .EnumerateArray()
            .Select(static signal => signal.GetProperty("decision_id"))
            .FirstOrDefault(static decision => decision.ValueKind == JsonValueKind.String);
        return decided.ValueKind == JsonValueKind.String
            ? decided.GetGuid()
            : throw new Refusal(DecisionView.NothingYet(await client.GetAsync(ReplayFollower.Path, cancellationToken)));
    }
}
