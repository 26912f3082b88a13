using AITrader.MockMcp.Broker;

namespace AITrader.MockMcp.Faults;

/// <summary>Endpoints that request faults of orders.</summary>
internal static class OrderFaultEndpoints
{
    private const int MaxCount = 1000;
    private const int MaxSeconds = 3600;
    private const string MarginText =
        "Insufficient funds. Required margin is 95417.84 but available margin is 74251.80. Check the orderbook for open orders.";
    private const string MarginRaw =
        $"RMS:Margin Exceeds,Required:95417.84, Available:74251.80 for entity account-{Rms.UserId} across exchange across segment across product ";

    private static readonly Dictionary<string, LostAnswer> LostAnswers = new(StringComparer.Ordinal)
    {
        ["hang"] = LostAnswer.Hang,
        ["drop"] = LostAnswer.Drop,
        ["504"] = LostAnswer.Timeout,
        ["502-page"] = LostAnswer.Page,
        ["unsent"] = LostAnswer.Unsent,
    };

    public static void MapOrderFaults(this RouteGroupBuilder admin)
    {
        var orders = admin.MapGroup("/orders");
        orders.MapPost("/lose-answer", LoseAnswer);
        orders.MapPost("/reject", Reject);
        orders.MapPost("/late", Late);
        orders.MapPost("/partial", Partial);
        orders.MapPost("/clear", static (OrderFaults faults) => AdminResults.Done(faults.Clear));
    }

    private static IResult LoseAnswer(OrderFaults faults, string mode, int count = 1) =>
        LostAnswers.TryGetValue(mode, out var kind) && count is > 0 and <= MaxCount
            ? AdminResults.Done(() => faults.LoseAnswers(kind, count))
            : AdminResults.Bad($"mode is one of {string.Join(", ", LostAnswers.Keys)}, count 1 to {MaxCount}.");

    private static IResult Reject(OrderFaults faults, string? message, string? raw, int count = 1) =>
        count is > 0 and <= MaxCount
            ? AdminResults.Done(() => faults.Reject(message ?? MarginText, raw ?? message ?? MarginRaw, count))
            : AdminResults.Bad($"count is 1 to {MaxCount}.");

    private static IResult Late(OrderFaults faults, double seconds, int count = 1) =>
        seconds is >= 0 and <= MaxSeconds && count is > 0 and <= MaxCount
            ? AdminResults.Done(() => faults.Delay(TimeSpan.FromSeconds(seconds), count))
            : AdminResults.Bad($"seconds is 0 to {MaxSeconds}, count 1 to {MaxCount}.");

    private static IResult Partial(OrderFaults faults, int quantity, int count = 1) =>
        quantity > 0 && count is > 0 and <= MaxCount
            ? AdminResults.Done(() => faults.FillInParts(quantity, count))
            : AdminResults.Bad($"quantity is above 0, count 1 to {MaxCount}.");
}
