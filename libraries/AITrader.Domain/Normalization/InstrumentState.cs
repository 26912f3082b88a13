using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;

namespace AITrader.Domain.Normalization;

/// <summary>What a normalizer knows of an instrument.</summary>
internal struct InstrumentState
{
    public InstrumentRules Rules;
    public SeenEvents Trades;
    public SeenEvents Quotes;
    public QuotedTop Top;
    public long ReceivedMicros;
    public long StateMicros;

    /// <summary>Flags that the next tick gets.</summary>
    public TickFlags Pending;
}

/// <summary>Best bid and ask as quoted last.</summary>
internal readonly record struct QuotedTop(Price Bid, Quantity BidSize, Price Ask, Quantity AskSize);
