using System.Collections.Frozen;

namespace AITrader.Formats.ParquetFiles;

/// <summary>Names under which columns are known, in any case, and with or without what stands between words.</summary>
internal static class ParquetNames
{
    /// <summary>The index of a data frame that has no name.</summary>
    internal const string UnnamedIndex = "__index_level_0__";

    private static readonly (ParquetMeaning Meaning, string[] Names)[] Bars =
    [
        (ParquetMeaning.Open, ["open"]),
        (ParquetMeaning.High, ["high"]),
        (ParquetMeaning.Low, ["low"]),
        (ParquetMeaning.Close, ["close"]),
        (ParquetMeaning.Volume, ["volume", "vol"]),
    ];

    private static readonly (ParquetMeaning Meaning, string[] Names)[] Ticks =
    [
        (ParquetMeaning.Price, ["price", "last", "lastprice", "ltp"]),
        (ParquetMeaning.Size, ["size", "qty", "quantity", "amount", "volume", "vol"]),
        (ParquetMeaning.Bid, ["bid", "bidprice"]),
        (ParquetMeaning.Ask, ["ask", "askprice"]),
        (ParquetMeaning.BidSize, ["bidsize", "bidqty", "bidquantity", "bidvolume"]),
        (ParquetMeaning.AskSize, ["asksize", "askqty", "askquantity", "askvolume"]),
        (ParquetMeaning.Kind, ["kind"]),
        (ParquetMeaning.Flags, ["flags"]),
        (ParquetMeaning.Received, ["received"]),
    ];

    private static readonly (ParquetMeaning Meaning, string[] Names)[] Both =
    [
        (ParquetMeaning.Symbol, ["symbol", "ticker", "instrument", "pair"]),
        (ParquetMeaning.Time, ["time", "timestamp", "date", "datetime", "ts", "tsevent", "opentime"]),
    ];

    private static readonly FrozenDictionary<string, ParquetMeaning> OfBars = TableOf([.. Both, .. Bars]);
    private static readonly FrozenDictionary<string, ParquetMeaning> OfTicks = TableOf([.. Both, .. Ticks]);

    /// <summary>Columns that say that rows are bars.</summary>
    internal static IReadOnlyList<ParquetMeaning> Prices { get; } =
    [ParquetMeaning.Open, ParquetMeaning.High, ParquetMeaning.Low, ParquetMeaning.Close];

    /// <summary>What a name means; null where it is not known.</summary>
    internal static ParquetMeaning? Find(string name, bool isBars) =>
        (isBars ? OfBars : OfTicks).TryGetValue(Plain(name), out var meaning) ? meaning : null;

    /// <summary>How a meaning is called in messages and in mappings.</summary>
    internal static string NameOf(ParquetMeaning meaning) =>
        meaning switch
        {
            ParquetMeaning.BidSize => "bid_size",
            ParquetMeaning.AskSize => "ask_size",
            _ => meaning.ToString().ToLowerInvariant(),
        };

    private static string Plain(string name) =>
        string.Concat(name.Where(static letter => letter is not ('_' or '-' or ' ' or '.')).Select(char.ToLowerInvariant));

    private static FrozenDictionary<string, ParquetMeaning> TableOf((ParquetMeaning Meaning, string[] Names)[] known) =>
        known
            .SelectMany(static pair => pair.Names.Select(name => KeyValuePair.Create(name, pair.Meaning)))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
