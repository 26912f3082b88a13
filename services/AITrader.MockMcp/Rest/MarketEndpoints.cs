using System.Globalization;
using System.Text;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Shapes;

namespace AITrader.MockMcp.Rest;

/// <summary>Instruments and quotes.</summary>
internal static class MarketEndpoints
{
    private const int MaxQuotes = 500;
    private const int MaxLastPrices = 1000;

    public static void MapMarket(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/instruments", static () => Instruments(null));
        routes.MapGet("/instruments/{exchange}", Instruments);
        var quotes = routes.MapGroup("/quote").AddEndpointFilter<KiteRequestFilter>();
        quotes.MapGet("", static (HttpRequest request, MarketBoard board) => Answer(request, board, MaxQuotes, QuoteShape.Quote));
        quotes.MapGet("/ohlc", static (HttpRequest request, MarketBoard board) => Answer(request, board, MaxLastPrices, QuoteShape.Prices));
        quotes.MapGet("/ltp", static (HttpRequest request, MarketBoard board) =>
            Answer(request, board, MaxLastPrices, QuoteShape.LastPrice)
        );
    }

    private static IResult Instruments(string? exchange)
    {
        var csv = new StringBuilder(
            "instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange\n"
        );
        foreach (var row in Listing.All.Where(_ => exchange is null || exchange == Listing.Exchange))
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{row.Token},{row.ExchangeToken},{row.Symbol},{row.Name},0.0,,0.0,{Listing.TickSize},1,{Listing.InstrumentType},{row.Segment},{Listing.Exchange}\n"
            );
        }

        // Without an encoding, which would add a charset: the JavaScript client of Kite does not parse such a list.
        return Results.Text(csv.ToString(), "text/csv");
    }

    private static IResult Answer(HttpRequest request, MarketBoard board, int max, Func<BoardEntry, object> show)
    {
        var names = request.Query["i"];
        if (names.Count > max)
        {
            return KiteResults.Input($"Too many tokens requested. Max permitted is {max}.");
        }

        var found = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name is not null && board.Find(name) is { } entry)
            {
                found[name] = show(entry);
            }
        }

        return KiteResults.Data(found);
    }
}
