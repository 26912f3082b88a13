namespace AITrader.Formats.ParquetFiles;

/// <summary>What a column of a Parquet file means.</summary>
internal enum ParquetMeaning
{
    Symbol,
    Time,
    Price,
    Size,
    Bid,
    Ask,
    BidSize,
    AskSize,
    Open,
    High,
    Low,
    Close,
    Volume,
    Kind,
    Flags,
    Received,
}
