namespace AITrader.Venues.Kite.Rest;

/// <summary>A session, as login gives it.</summary>
public sealed record KiteSession
{
    /// <summary>User id.</summary>
    public string UserId { get; init; } = string.Empty;

    /// <summary>User's name.</summary>
    public string? UserName { get; init; }

    /// <summary>App key.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Access token.</summary>
    public required string AccessToken { get; init; }

    /// <summary>What requests are signed with.</summary>
    public KiteCredentials Credentials => new(ApiKey, AccessToken);
}

/// <summary>A user's profile.</summary>
public sealed record KiteProfile
{
    /// <summary>User id.</summary>
    public string UserId { get; init; } = string.Empty;

    /// <summary>User's name.</summary>
    public string? UserName { get; init; }

    /// <summary>Broker.</summary>
    public string? Broker { get; init; }

    /// <summary>Exchanges that the user may trade on.</summary>
    public IReadOnlyList<string> Exchanges { get; init; } = [];

    /// <summary>Products that the user may trade.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];
}

/// <summary>A row of the instruments list.</summary>
/// <param name="Token">Instrument token, as on the ticker.</param>
/// <param name="ExchangeToken">The exchange's own number.</param>
/// <param name="TradingSymbol">Symbol on its exchange.</param>
/// <param name="Name">Company or underlying.</param>
/// <param name="LastPrice">Last price; 0 in many lists.</param>
/// <param name="Expiry">Expiry of derivatives.</param>
/// <param name="Strike">Strike of options.</param>
/// <param name="TickSize">Price step.</param>
/// <param name="LotSize">Quantity step.</param>
/// <param name="InstrumentType">EQ, FUT, CE, PE …</param>
/// <param name="Segment">Segment, such as NSE or INDICES.</param>
/// <param name="Exchange">Exchange.</param>
public sealed record KiteInstrument(
    uint Token,
    uint ExchangeToken,
    string TradingSymbol,
    string Name,
    decimal LastPrice,
    DateOnly? Expiry,
    decimal Strike,
    decimal TickSize,
    decimal LotSize,
    string InstrumentType,
    string Segment,
    string Exchange
)
{
    /// <summary>Name in quote requests, such as NSE:INFY.</summary>
    public string Key => $"{Exchange}:{TradingSymbol}";
}

/// <summary>The day's prices.</summary>
/// <param name="Open">First.</param>
/// <param name="High">Highest.</param>
/// <param name="Low">Lowest.</param>
/// <param name="Close">Last one of the previous day.</param>
public sealed record KiteOhlc(decimal Open, decimal High, decimal Low, decimal Close);

/// <summary>A last price.</summary>
public sealed record KiteLastPrice
{
    /// <summary>Instrument token.</summary>
    public required uint InstrumentToken { get; init; }

    /// <summary>Last price.</summary>
    public required decimal LastPrice { get; init; }

    /// <summary>The day's prices; only where asked for.</summary>
    public KiteOhlc? Ohlc { get; init; }
}

/// <summary>A full quote.</summary>
public sealed record KiteQuote
{
    /// <summary>Instrument token.</summary>
    public required uint InstrumentToken { get; init; }

    /// <summary>Last price.</summary>
    public required decimal LastPrice { get; init; }

    /// <summary>Quantity of the last trade.</summary>
    public decimal LastQuantity { get; init; }

    /// <summary>Volume of the day.</summary>
    public decimal Volume { get; init; }

    /// <summary>Volume-weighted average price of the day.</summary>
    public decimal AveragePrice { get; init; }

    /// <summary>Quantity of all buy orders.</summary>
    public decimal BuyQuantity { get; init; }

    /// <summary>Quantity of all sell orders.</summary>
    public decimal SellQuantity { get; init; }

    /// <summary>The exchange's time, <c>yyyy-MM-dd HH:mm:ss</c> in IST.</summary>
    public string? Timestamp { get; init; }

    /// <summary>Lowest price that orders may have today.</summary>
    public decimal LowerCircuitLimit { get; init; }

    /// <summary>Highest price that orders may have today.</summary>
    public decimal UpperCircuitLimit { get; init; }

    /// <summary>The day's prices.</summary>
    public required KiteOhlc Ohlc { get; init; }

    /// <summary>Five levels on each side; indices have none.</summary>
    public KiteDepth? Depth { get; init; }
}

/// <summary>Depth, best first.</summary>
/// <param name="Buy">Bids.</param>
/// <param name="Sell">Offers.</param>
public sealed record KiteDepth(IReadOnlyList<KiteDepthLevel> Buy, IReadOnlyList<KiteDepthLevel> Sell);

/// <summary>One level of depth.</summary>
/// <param name="Price">Price.</param>
/// <param name="Quantity">Quantity of its orders.</param>
/// <param name="Orders">Number of its orders.</param>
public sealed record KiteDepthLevel(decimal Price, decimal Quantity, int Orders);
