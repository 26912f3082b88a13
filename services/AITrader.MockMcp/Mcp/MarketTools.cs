using System.Globalization;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Rest;
using AITrader.MockMcp.Sessions;
using AITrader.MockMcp.Shapes;

namespace AITrader.MockMcp.Mcp;

/// <summary>Tools that read the market.</summary>
internal static class MarketTools
{
    private const string DateForm = "yyyy-MM-dd HH:mm:ss";

    public static IEnumerable<KiteTool> All =>
        [
            Quotes("get_quotes", "Get market data quotes for a list of instruments", "Failed to get quotes", QuoteShape.Quote),
            Quotes(
                "get_ltp",
                "Get latest trading prices for a list of instruments",
                "Failed to get latest trading prices",
                QuoteShape.LastPrice
            ),
            Quotes(
                "get_ohlc",
                "Get OHLC (Open, High, Low, Close) data for a list of instruments",
                "Failed to get OHLC data",
                QuoteShape.Prices
            ),
            new(
                "search_instruments",
                "Search instruments. Supports pagination for large result sets.",
                SearchSchema,
                "Failed to search instruments",
                Search
            )
            {
                NeedsLogin = false,
            },
            new(
                "get_historical_data",
                "Get historical price data for an instrument",
                HistorySchema,
                "Failed to get historical data",
                Candles
            )
            {
                Kind = RequestKind.History,
                Check = CheckDates,
            },
        ];

    private static ToolSchema SearchSchema =>
        new ToolSchema()
            .Text("query", "Search query")
            .MustBe()
            .Text(
                "filter_on",
                "Field to search: id (default) is exchange:tradingsymbol",
                "id",
                "name",
                "isin",
                "tradingsymbol",
                "underlying"
            )
            .Number("from", "Starting index for pagination (0-based). Default: 0")
            .Number("limit", "Maximum number of instruments to return; with it the response has pagination metadata.");

    private static ToolSchema HistorySchema =>
        new ToolSchema()
            .Number("instrument_token", "Instrument token (can be obtained from search_instruments tool)")
            .MustBe()
            .Text("from_date", "From date in YYYY-MM-DD HH:MM:SS format")
            .MustBe()
            .Text("to_date", "To date in YYYY-MM-DD HH:MM:SS format")
            .MustBe()
            .Text("interval", "Candle interval", "minute", "day", "3minute", "5minute", "10minute", "15minute", "30minute", "60minute")
            .MustBe()
            .Flag("continuous", "Get continuous data (for futures and options)")
            .Flag("oi", "Include open interest data");

    private static KiteTool Quotes(string name, string description, string failure, Func<BoardEntry, object> show) =>
        new(
            name,
            description,
            new ToolSchema().Texts("instruments", "Eg. ['NSE:INFY', 'NSE:SBIN'], as exchange:tradingsymbol").MustBe(),
            failure,
            (face, arguments) =>
                arguments
                    .Texts("instruments")
                    .Distinct()
                    .Select(key => (key, entry: face.Board.Find(key)))
                    .Where(static found => found.entry is not null)
                    .ToDictionary(static found => found.key, found => show(found.entry!))
        )
        {
            Kind = RequestKind.Quote,
        };

    private static object Search(McpFace face, ToolArguments arguments)
    {
        var query = arguments.Text("query");
        Func<Listing, string> field = arguments.Text("filter_on", "id") switch
        {
            "name" => static listing => listing.Name,
            "isin" => static listing => listing.Isin,
            "tradingsymbol" => static listing => listing.Symbol,
            // There are no derivatives here.
            "underlying" => static _ => string.Empty,
            _ => static listing => listing.Key,
        };
        return Page.Of(
            [.. Listing.All.Where(listing => field(listing).Contains(query, StringComparison.OrdinalIgnoreCase)).Select(Row)],
            arguments
        );
    }

    private static object Row(Listing listing) =>
        new
        {
            Id = listing.Key,
            InstrumentToken = listing.Token,
            listing.ExchangeToken,
            Tradingsymbol = listing.Symbol,
            Listing.Exchange,
            listing.Isin,
            listing.Name,
            Series = listing.IsIndex ? string.Empty : "EQ",
            Expiry = string.Empty,
            Strike = 0,
            Listing.TickSize,
            LotSize = 1,
            FreezeQuantity = Orders.OrderRules.FreezeQuantity,
            Listing.InstrumentType,
            listing.Segment,
            Active = true,
        };

    private static string? CheckDates(ToolArguments arguments)
    {
        foreach (var name in new[] { "from_date", "to_date" })
        {
            if (!DateTime.TryParseExact(arguments.Text(name), DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                return $"Failed to parse {name}, use format YYYY-MM-DD HH:MM:SS";
            }
        }

        return null;
    }

    private static List<object> Candles(McpFace face, ToolArguments arguments)
    {
        var fields = new RequestFields(name =>
            name switch
            {
                "from" => arguments.Text("from_date"),
                "to" => arguments.Text("to_date"),
                "continuous" => arguments.Flag("continuous") ? "1" : "0",
                _ => null,
            }
        );
        var token = arguments.Whole("instrument_token").ToString(CultureInfo.InvariantCulture);
        return HistoryEndpoints.Find(face.History, token, arguments.Text("interval"), fields).Select(Row).ToList();
    }

    private static object Row(Candle candle) =>
        new
        {
            Date = candle.Start.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "+05:30",
            candle.Open,
            candle.High,
            candle.Low,
            candle.Close,
            candle.Volume,
            Oi = 0,
        };
}
