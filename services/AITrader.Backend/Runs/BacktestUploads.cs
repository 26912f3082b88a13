using System.Text.Json;
using AITrader.Contracts.Messages;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Problems;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using AITrader.Storage.Runs;
using AITrader.Trading.Statistics;

namespace AITrader.Backend.Runs;

/// <summary>Takes backtests, which the worker stores: the gateway books nothing.</summary>
internal sealed class BacktestUploads(RunQueries runs, IStreamPublisher bus)
{
    public const long MaxBodyBytes = 16 * 1024 * 1024;
    private const int MostRows = 50_000;

    public static readonly BodyTooLargeAdvice TooLarge = new(
        "Backtest a shorter range with --from and --to, or keep the report of the command."
    );

    private const string Prefix = "backtest-";
    private const int HashLength = 64;
    private const int MostLetters = 10;

    private static readonly JsonSerializerOptions Numbers = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What is wrong with a backtest; null where it can be stored as it is.</summary>
    public static string? ProblemOf(StoredBacktest backtest) => FactsProblemOf(backtest) ?? RowsProblemOf(backtest);

    /// <summary>Asks for the storing of a backtest.</summary>
    public async Task AskAsync(StoredBacktest backtest, Guid? user, CancellationToken ct)
    {
        var job = await runs.AskStoreAsync(backtest, user, ct);
        try
        {
            await bus.PublishAsync(new JobMessage { Id = job, Type = StoredBacktest.JobType }, ct);
        }
        catch (BusUnavailableException)
        {
            // The message only wakes a worker: the row is the request, and is found without it a minute later.
        }
    }

    private static string? FactsProblemOf(StoredBacktest backtest) =>
        !backtest.Run.StartsWith(Prefix, StringComparison.Ordinal) || !Guid.TryParseExact(backtest.Run[Prefix.Length..], "N", out _)
            ? "run is no name of a backtest: backtest- and 32 hexadecimal digits."
        : backtest.Sha256.Length != HashLength || !backtest.Sha256.All(char.IsAsciiHexDigit) ? "sha256 is no SHA-256 in hexadecimal digits."
        : backtest.Currency.Length is 0 or > MostLetters ? $"currency is missing, or longer than {MostLetters} letters."
        : backtest.InitialCash <= 0m ? "initial_cash is not above 0."
        : backtest.Setup.ValueKind != JsonValueKind.Object ? "setup is no object."
        : HasNumbers(backtest.Statistics) ? null
        : "statistics are no numbers of a run.";

    private static string? RowsProblemOf(StoredBacktest backtest) =>
        backtest.Equity.Count == 0 ? "equity is empty."
        : Most(backtest) > MostRows
            ? $"equity, fills, orders and signals have at most {MostRows} rows each: backtest a shorter range with --from and --to."
        : backtest.Orders?.All(BacktestOrders.Fits) == false ? BacktestOrders.Problem
        : backtest.Signals?.All(BacktestOrders.Fits) == false ? BacktestOrders.SignalProblem
        : backtest.Fills.All(Fits) ? null
        : "a fill has no side BUY or SELL, no symbol, or a quantity or price that is not above 0 or has more than 8 decimals.";

    private static int Most(StoredBacktest backtest) =>
        new[] { backtest.Equity.Count, backtest.Fills.Count, backtest.Orders?.Count ?? 0, backtest.Signals?.Count ?? 0 }.Max();

    private static bool HasNumbers(JsonElement statistics)
    {
        try
        {
            return statistics.ValueKind == JsonValueKind.Object && statistics.Deserialize<PerformanceSummary>(Numbers) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Fits(BacktestFill fill) =>
        fill.Side is "BUY" or "SELL"
        && fill.Symbol.Length > 0
        && fill is { Qty: > 0m, Price: > 0m }
        && AccountNumbers.Fits(fill.Qty)
        && AccountNumbers.Fits(fill.Price);
}
