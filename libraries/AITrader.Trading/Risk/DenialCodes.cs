namespace AITrader.Trading.Risk;

/// <summary>Codes of denials before a trade, and of breaches after one.</summary>
public static class DenialCodes
{
    /// <summary>The account is not reconciled, or is in doubt.</summary>
    public const string NotReconciled = "NOT_RECONCILED";

    /// <summary>Another order has the client order id.</summary>
    public const string DuplicateClientOrderId = "DUPLICATE_CLIENT_ORDER_ID";

    /// <summary>The order belongs to a replay run that is not the one whose market is known.</summary>
    public const string RunNotCurrent = "RUN_NOT_CURRENT";

    /// <summary>Not in the catalogue, or only to be watched.</summary>
    public const string UnknownInstrument = "UNKNOWN_INSTRUMENT";

    /// <summary>No rate from the instrument's currency to the account's is set.</summary>
    public const string NoExchangeRate = "NO_EXCHANGE_RATE";

    /// <summary>Quantity is not positive.</summary>
    public const string QuantityNotPositive = "QUANTITY_NOT_POSITIVE";

    /// <summary>Quantity is not a whole number of lots.</summary>
    public const string QuantityNotLot = "QUANTITY_NOT_LOT";

    /// <summary>A limit order without a positive price, or a market order with one.</summary>
    public const string PriceInvalid = "PRICE_INVALID";

    /// <summary>Limit price off the tick grid.</summary>
    public const string PriceNotTick = "PRICE_NOT_TICK";

    /// <summary>No price for the side that the order would take.</summary>
    public const string NoPrice = "NO_PRICE";

    /// <summary>The newest quote is too old.</summary>
    public const string StalePrice = "STALE_PRICE";

    /// <summary>Trading is halted.</summary>
    public const string TradingHalted = "TRADING_HALTED";

    /// <summary>Only orders that reduce risk are taken.</summary>
    public const string TradingReducing = "TRADING_REDUCING";

    /// <summary>Notional of the part that adds risk is above the limit of one order.</summary>
    public const string OrderTooLarge = "ORDER_TOO_LARGE";

    /// <summary>The broker does not take such an order, and it cannot be emulated.</summary>
    public const string OrderKindNotOffered = "ORDER_KIND_NOT_OFFERED";

    /// <summary>A trigger price or trailing distance that is missing, not positive, or not of this order type.</summary>
    public const string TriggerInvalid = "TRIGGER_INVALID";

    /// <summary>A display quantity that is missing, not a whole number of lots, above the quantity, or not of this order type.</summary>
    public const string DisplayInvalid = "DISPLAY_INVALID";

    /// <summary>An end that is missing, not after the order's time, or not of this time in force.</summary>
    public const string GoodTillInvalid = "GOOD_TILL_INVALID";

    /// <summary>Only limit orders and icebergs that stay can be post-only.</summary>
    public const string PostOnlyInvalid = "POST_ONLY_INVALID";

    /// <summary>A post-only order that would take liquidity.</summary>
    public const string PostOnlyWouldCross = "POST_ONLY_WOULD_CROSS";

    /// <summary>A reduce-only order with no position to reduce.</summary>
    public const string NothingToReduce = "NOTHING_TO_REDUCE";

    /// <summary>The order that it waits for is not working.</summary>
    public const string ParentNotWorking = "PARENT_NOT_WORKING";

    /// <summary>Another order of the bracket was denied.</summary>
    public const string LegDenied = "LEG_DENIED";

    /// <summary>Not enough free cash, working orders counted.</summary>
    public const string InsufficientCash = "INSUFFICIENT_CASH";

    /// <summary>The market has no continuous trading at the order's time.</summary>
    public const string SessionClosed = "SESSION_CLOSED";

    /// <summary>The instrument cannot be sold short.</summary>
    public const string ShortNotAvailable = "SHORT_NOT_AVAILABLE";

    /// <summary>Quantity below the smallest that is taken.</summary>
    public const string QuantityTooSmall = "QUANTITY_TOO_SMALL";

    /// <summary>Quantity above the largest that is taken.</summary>
    public const string QuantityTooLarge = "QUANTITY_TOO_LARGE";

    /// <summary>Quantity with more decimals than the exchange takes.</summary>
    public const string QuantityPrecision = "QUANTITY_PRECISION";

    /// <summary>Price with more decimals than the exchange takes.</summary>
    public const string PricePrecision = "PRICE_PRECISION";

    /// <summary>Notional below the smallest that the exchange takes.</summary>
    public const string NotionalTooSmall = "NOTIONAL_TOO_SMALL";

    /// <summary>Quantity above the one at which the exchange freezes orders.</summary>
    public const string FreezeQuantity = "FREEZE_QUANTITY";

    /// <summary>Price outside of the day's limits of the exchange.</summary>
    public const string PriceBand = "PRICE_BAND";

    /// <summary>Price too far from the market.</summary>
    public const string PriceCollar = "PRICE_COLLAR";

    /// <summary>No positive price to measure a limit by.</summary>
    public const string NoReferencePrice = "NO_REFERENCE_PRICE";

    /// <summary>It would be executed against an own order.</summary>
    public const string SelfTrade = "SELF_TRADE";

    /// <summary>Too many orders within a second or a minute.</summary>
    public const string OrderRate = "ORDER_RATE";

    /// <summary>Too many changes of orders within a second.</summary>
    public const string ModifyRate = "MODIFY_RATE";

    /// <summary>Too many orders and changes for the executions that came of them.</summary>
    public const string OrderToTrade = "ORDER_TO_TRADE";

    /// <summary>Too many working orders.</summary>
    public const string WorkingOrders = "WORKING_ORDERS";

    /// <summary>Position too large, with working orders at worst.</summary>
    public const string PositionLimit = "POSITION_LIMIT";

    /// <summary>Gross exposure too large, with working orders at worst.</summary>
    public const string GrossExposure = "GROSS_EXPOSURE";

    /// <summary>Net exposure too large, with working orders at worst.</summary>
    public const string NetExposure = "NET_EXPOSURE";

    /// <summary>Too large a part of equity in one symbol.</summary>
    public const string SymbolConcentration = "SYMBOL_CONCENTRATION";

    /// <summary>Too large a part of equity in one sector.</summary>
    public const string SectorConcentration = "SECTOR_CONCENTRATION";

    /// <summary>The realised loss of the day is at its limit.</summary>
    public const string RealisedLoss = "REALISED_LOSS";

    /// <summary>The loss of the day, realised and open, is at its limit.</summary>
    public const string DailyLoss = "DAILY_LOSS";

    /// <summary>Equity is too far below its peak.</summary>
    public const string Drawdown = "DRAWDOWN";

    /// <summary>So close to the end of the session only orders that reduce risk are taken.</summary>
    public const string SquareOff = "SQUARE_OFF";

    /// <summary>The kill switch of the strategy or of the account is on.</summary>
    public const string Killed = "KILLED";

    /// <summary>An execution at a price too far from the market; found after the trade.</summary>
    public const string FillCollar = "FILL_COLLAR";

    /// <summary>Too many executions within a second; found after the trade.</summary>
    public const string FillRate = "FILL_RATE";

    /// <summary>An execution too far from the price that was shown; found after the trade.</summary>
    public const string Slippage = "SLIPPAGE";

    /// <summary>The books do not follow from the execution; found after the trade.</summary>
    public const string PositionIdentity = "POSITION_IDENTITY";

    /// <summary>A change of an order asks for the terms that it has.</summary>
    public const string NothingChanges = "NOTHING_CHANGES";

    /// <summary>An order cannot be changed in its state, or not in this.</summary>
    public const string NotModifiable = "NOT_MODIFIABLE";

    /// <summary>A change of an order asks for less than is executed already.</summary>
    public const string AlreadyFilled = "ALREADY_FILLED";
}
