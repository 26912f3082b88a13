namespace AITrader.Formats.Binance;

/// <summary>What a message of a Binance stream holds.</summary>
public enum BinanceMessageKind
{
    /// <summary>A trade, or a row that only has a trade's number; in <see cref="BinanceStreamDecoder.Tick"/>.</summary>
    Trade,

    /// <summary>Best bid and ask; in <see cref="BinanceStreamDecoder.Tick"/>.</summary>
    Quote,

    /// <summary>Changed levels; in <see cref="BinanceStreamDecoder.Depth"/>.</summary>
    Depth,

    /// <summary>An answer to a subscription.</summary>
    Answer,

    /// <summary>A subscription was refused; in <see cref="BinanceStreamDecoder.Refusal"/>.</summary>
    Refusal,

    /// <summary>The server is about to go: dial anew.</summary>
    Shutdown,

    /// <summary>Market data of a symbol outside of ASCII, which cannot be carried; its name is in
    /// <see cref="BinanceStreamDecoder.Foreign"/>.</summary>
    Foreign,
}
