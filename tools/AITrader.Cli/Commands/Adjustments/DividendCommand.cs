using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Adjustments;

/// <summary><c>adjustments dividend</c>: books a dividend and says what it brought.</summary>
internal sealed class DividendCommand(AdjustmentRequests requests) : AsyncCommand<DividendSettings>
{
    public override Task<int> ExecuteAsync(CommandContext context, DividendSettings settings, CancellationToken cancellationToken) =>
        requests.BookAsync(
            "dividend",
            settings,
            new Dictionary<string, object?> { ["per_unit"] = settings.Amount, ["withheld"] = settings.Withheld },
            cancellationToken
        );
}
