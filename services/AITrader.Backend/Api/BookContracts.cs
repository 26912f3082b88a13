namespace AITrader.Backend.Api;

/// <summary>The best levels of a symbol's order book, as market-data publishes them.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Venue">Source of the order book.</param>
/// <param name="Timestamp">Event time of the last change.</param>
/// <param name="UpdateId">The venue's number of that change; 0 where it numbers nothing.</param>
/// <param name="State">synchronising, live, stale, one_sided or crossed.</param>
/// <param name="Bids">Price and quantity, best first.</param>
/// <param name="Asks">Price and quantity, best first.</param>
/// <param name="Spread">Best ask less best bid; null where a side is empty, and so are the next two.</param>
/// <param name="Mid">Half way between them.</param>
/// <param name="MicroPrice">The mid drawn towards the side with less quantity.</param>
/// <param name="Imbalance">Bids less asks among these levels as a share of both, -1 to 1; null in an empty order book.</param>
/// <param name="Checksum">FNV-1a of these levels, 16 hex digits.</param>
public sealed record BookResponse(
    string Symbol,
    string Venue,
    DateTimeOffset Timestamp,
    long UpdateId,
    string State,
    IReadOnlyList<decimal[]> Bids,
    IReadOnlyList<decimal[]> Asks,
    decimal? Spread,
    decimal? Mid,
    double? MicroPrice,
    double? Imbalance,
    string Checksum
);
