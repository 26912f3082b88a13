using AITrader.Formats.Binance;
using AITrader.Formats.Csv;
using AITrader.Formats.Itch;
using AITrader.Formats.Lean;
using AITrader.Formats.Lobster;
using AITrader.Formats.ParquetFiles;
using AITrader.Formats.Reading;

namespace AITrader.Formats;

/// <summary>The known formats. A further one is a folder with its definition, and a line here.</summary>
internal static class FileFormats
{
    /// <summary>All of them, in the order in which they are asked: Parquet, which takes a mapping along, and a mapping, which the user has
    /// written for the file, before names.</summary>
    internal static IReadOnlyList<FileFormat> All { get; } =
    [
        new ParquetFormat(),
        new MappedCsvFormat(),
        new LobsterFormat(),
        new ItchFormat(),
        new LeanFormat(),
        new BinanceCaptureFormat(),
        new CsvFormat(),
    ];

    /// <summary>The format that the path tells, or a file beside; null where the content is to tell it.</summary>
    internal static FileFormat? Find(this IReadOnlyList<FileFormat> formats, string path) =>
        formats.Select(format => format.Find(path)).FirstOrDefault(static found => found is not null);

    /// <summary>The content is of no known format.</summary>
    internal static MarketDataException Unknown(this IReadOnlyList<FileFormat> formats, FileContent content, bool isOfBars)
    {
        var looks = formats.Select(format => isOfBars ? format.BarsLookLike : format.TicksLookLike).OfType<string>();
        var hints = string.Concat(formats.Select(format => format.Hint(content, isOfBars)));
        return new MarketDataException(
            content.Name,
            1,
            "format",
            $"{(isOfBars ? "is no file of bars that is known: " : "")}neither {string.Join(" nor ", looks)}{hints}"
        );
    }
}
