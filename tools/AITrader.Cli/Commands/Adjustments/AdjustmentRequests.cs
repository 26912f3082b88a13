using System.Text.Json;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using AITrader.Cli.Timing;
using AITrader.Cli.Views;
using Spectre.Console;

namespace AITrader.Cli.Commands.Adjustments;

/// <summary>Asks for a split or a dividend, and waits until the execution engine has booked or refused it.</summary>
internal sealed class AdjustmentRequests(GatewayConnector gateway, IAnsiConsole console, TimeProvider time)
{
    public const string Path = "/api/v1/adjustments";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Asks, waits and says what came of it.</summary>
    public async Task<int> BookAsync(
        string kind,
        AdjustmentSettings settings,
        Dictionary<string, object?> terms,
        CancellationToken cancellationToken
    )
    {
        terms["kind"] = kind;
        terms["symbol"] = settings.Symbol;
        terms["ex_date"] = settings.ExDate ?? FormattableString.Invariant($"{time.GetUtcNow():yyyy-MM-dd}");
        using var client = await gateway.ConnectAsync(cancellationToken);
        var body = terms.Where(static part => part.Value is not null).ToDictionary();
        var asked = await client.PostAsync(Path, body, cancellationToken);
        var decided = await DecidedAsync(client, asked.GetProperty("id").GetGuid(), cancellationToken);
        console.Say(AdjustmentView.Line(decided));
        return AdjustmentView.IsBooked(decided) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private async Task<JsonElement> DecidedAsync(GatewayClient client, Guid id, CancellationToken cancellationToken)
    {
        using var limit = new Deadline(Limit, time, cancellationToken);
        try
        {
            while (true)
            {
                var all = await client.GetAsync(Path, limit.Token);
                var found = all.GetProperty("items").EnumerateArray().First(one => one.GetProperty("id").GetGuid() == id);
                if (!AdjustmentView.IsWaiting(found))
                {
                    return found;
                }

                await Task.Delay(Pause, time, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Refusal(
                $"it was asked for, and the execution engine has not booked it within {Limit.TotalSeconds:0} s: it waits until no order of "
                    + "the symbol works any more; `./aitrader adjustments` shows when it has"
            );
        }
    }
}
