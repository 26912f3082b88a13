namespace AITrader.Contracts.Codecs;

/// <summary>Every field name on the wire. The only place that spells them.</summary>
internal static class Fields
{
    public static readonly FieldName Action = new("action");
    public static readonly FieldName Ask = new("ask");
    public static readonly FieldName AskSize = new("ask_size");
    public static readonly FieldName Authenticity = new("authenticity");
    public static readonly FieldName Bid = new("bid");
    public static readonly FieldName BidSize = new("bid_size");
    public static readonly FieldName ClientOrderId = new("client_order_id");
    public static readonly FieldName Confidence = new("confidence");
    public static readonly FieldName DecisionId = new("decision_id");
    public static readonly FieldName Direction = new("direction");
    public static readonly FieldName Event = new("event");
    public static readonly FieldName ExecId = new("exec_id");
    public static readonly FieldName Factors = new("factors");
    public static readonly FieldName Features = new("features");
    public static readonly FieldName Fee = new("fee");
    public static readonly FieldName FillPrice = new("fill_price");
    public static readonly FieldName FillQuantity = new("fill_qty");
    public static readonly FieldName Flags = new("flags");
    public static readonly FieldName Id = new("id");
    public static readonly FieldName Kind = new("kind");
    public static readonly FieldName Liquidity = new("liquidity");
    public static readonly FieldName Meta = new("meta");
    public static readonly FieldName OrderId = new("order_id");
    public static readonly FieldName Origin = new("origin");
    public static readonly FieldName Pattern = new("pattern");
    public static readonly FieldName Price = new("price");
    public static readonly FieldName Provenance = new("provenance");
    public static readonly FieldName Quantity = new("qty");
    public static readonly FieldName Reason = new("reason");
    public static readonly FieldName ReceivedAt = new("received_at");
    public static readonly FieldName Run = new("run");
    public static readonly FieldName Score = new("score");
    public static readonly FieldName Seq = new("seq");
    public static readonly FieldName Side = new("side");
    public static readonly FieldName SignalId = new("signal_id");
    public static readonly FieldName Source = new("source");
    public static readonly FieldName Sources = new("sources");
    public static readonly FieldName Symbol = new("symbol");
    public static readonly FieldName TickId = new("tick_id");
    public static readonly FieldName TimeInForce = new("tif");
    public static readonly FieldName Timestamp = new("timestamp");
    public static readonly FieldName Trace = new("trace");
    public static readonly FieldName TradeId = new("trade_id");
    public static readonly FieldName Type = new("type");
    public static readonly FieldName Volume = new("volume");
    public static readonly FieldName Window = new("window");
}
