using System.Globalization;
using AITrader.MockMcp.Market;
using static AITrader.MockMcp.Orders.BrokerRefusalException;

namespace AITrader.MockMcp.Rest;

/// <summary>Historical candles.</summary>
internal static class HistoryEndpoints
{
    private static readonly string[] DateForms = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"];

    public static void MapHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/instruments/historical/{token}/{interval}", Candles).AddEndpointFilter<KiteRequestFilter>();

    /// <summary>Candles of a request that is checked as Kite checks it.</summary>
    public static IReadOnlyList<Candle> Find(CandleHistory history, string token, string interval, RequestFields fields)
    {
        var known = CandleInterval.Find(interval) ?? throw Invalid("interval");
        if (
            !uint.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || Listing.Find(number) is not { } listing
        )
        {
            throw Input("invalid token");
        }

        if (fields.Flag("continuous"))
        {
            throw Input("continuous data is available for day candles of futures only");
        }

        var (from, to) = (Date(fields, "from"), Date(fields, "to"));
        if (to < from)
        {
            throw Input("from date cannot be after to date");
        }

        return (to - from).TotalDays <= known.MaxDays
            ? history.Of(listing, known, from, to)
            : throw Input($"interval exceeds max limit: {known.MaxDays} days");
    }

    private static async Task<IResult> Candles(
        string token,
        string interval,
        HttpRequest request,
        CandleHistory history,
        CancellationToken ct
    )
    {
        var fields = await RequestFields.ReadAsync(request, ct);
        var withInterest = fields.Flag("oi");
        return KiteResults.Data(
            new { Candles = Find(history, token, interval, fields).Select(candle => Row(candle, withInterest)).ToList() }
        );
    }

    private static object[] Row(Candle candle, bool withInterest)
    {
        var start = candle.Start.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "+0530";
        object[] row = [start, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume];
        return withInterest ? [.. row, 0] : row;
    }

    private static DateTime Date(RequestFields fields, string name) =>
        DateTime.TryParseExact(fields.Required(name), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Input($"invalid {name} date");
}
