using Spectre.Console.Cli;

namespace AITrader.Cli.Commands.Adjustments;

/// <summary><c>adjustments split</c>: books a split and says what it changed.</summary>
internal sealed class SplitCommand(AdjustmentRequests requests) : AsyncCommand<SplitSettings>
{
    public override Task<int> ExecuteAsync(CommandContext context, SplitSettings settings, CancellationToken cancellationToken)
    {
        var (units, old) = settings.Units!.Value;
        return requests.BookAsync(
            "split",
            settings,
            new Dictionary<string, object?>
            {
                ["new_units"] = units,
                ["old_units"] = old,
                ["cash_price"] = settings.CashPrice,
            },
            cancellationToken
        );
    }
}
