using AITrader.Formats.Csv;
using AITrader.Formats.Itch;
using AITrader.Formats.Lean;
using AITrader.Formats.Lobster;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;

namespace AITrader.Formats;

/// <summary>What a file of market data holds, after it was read to its end.</summary>
/// <param name="Source">Where it comes from, such as <c>csv</c> or <c>itch</c>.</param>
/// <param name="Items">What was counted: ticks, bars, or order events.</param>
/// <param name="Count">How many.</param>
/// <param name="Symbols">Symbols, in the order of first sight.</param>
/// <param name="FirstMicros">Time of the first, microseconds since 1970 UTC.</param>
/// <param name="LastMicros">Time of the last.</param>
/// <param name="Skipped">What was skipped because of its symbol, such as <c>12 rows of 测试USDT</c>; null where nothing was.</param>
public sealed record FileSummary(
    string Source,
    string Items,
    long Count,
    IReadOnlyList<string> Symbols,
    long FirstMicros,
    long LastMicros,
    string? Skipped = null
);

/// <summary>Reads any file of market data to its end, so that a user learns what it holds or what is wrong with it.</summary>
public static class FileCheck
{
    private const long NanosPerMicro = 1_000;

    /// <summary>Checks a file; of a LOBSTER pair also that the messages explain the book, of ITCH that no event contradicts the book of the
    /// orders before it.</summary>
    /// <exception cref="MarketDataException">It cannot be used.</exception>
    public static FileSummary Run(string path)
    {
        if (LobsterName.Find(path) is not null)
        {
            return Lobster(path);
        }

        if (ItchReader.IsNamed(path))
        {
            using var events = ItchReader.Open(path);
            return Orders(events, new Dictionary<int, OrderBook>());
        }

        var holdsBars = CsvMapping.Find(path) is { } mapping
            ? mapping.IsBars
            : LeanFile.Find(Path.GetFullPath(path), path) is { Resolution: not LeanResolution.Tick };
        return holdsBars ? Bars(path) : Ticks(path);
    }

    private static FileSummary Ticks(string path)
    {
        using var reader = TickFile.Open(path);
        var (first, last) = (0L, 0L);
        while (reader.TryRead(out var tick))
        {
            (first, last) = (reader.Ticks == 1 ? tick.TimeMicros : first, tick.TimeMicros);
        }

        return new FileSummary(
            reader.Source,
            "ticks",
            reader.Ticks,
            reader.Symbols.Names,
            first,
            last,
            reader.Skipped.Rows > 0 ? reader.Skipped.ToString() : null
        );
    }

    private static FileSummary Bars(string path)
    {
        using var reader = BarFile.Open(path);
        var (first, last) = (0L, 0L);
        while (reader.TryRead(out var bar))
        {
            (first, last) = (reader.Bars == 1 ? bar.StartMicros : first, Math.Max(last, bar.EndMicros));
        }

        return new FileSummary(reader.Source, "bars", reader.Bars, reader.Symbols.Names, first, last);
    }

    private static FileSummary Lobster(string path)
    {
        using (var pair = LobsterReader.Open(path))
        {
            if (pair.HasBook && LobsterValidator.Check(pair) is { Mismatch: { } mismatch })
            {
                throw new MarketDataException(path, pair.Position, "book", mismatch);
            }
        }

        using var events = LobsterReader.Open(path);
        return Orders(events);
    }

    private static OrderBook Book(Dictionary<int, OrderBook> books, int symbol) =>
        books.TryGetValue(symbol, out var book) ? book : books[symbol] = new OrderBook(expectedOrders: 64);

    private static FileSummary Orders(OrderEventReader reader, Dictionary<int, OrderBook>? books = null)
    {
        var (first, last) = (0L, 0L);
        while (reader.TryRead(out var change))
        {
            (first, last) = (reader.Events == 1 ? change.TimeNanos : first, change.TimeNanos);
            if (books is not null && Book(books, change.Symbol).Apply(change) is > OrderOutcome.NotDisplayed and var outcome)
            {
                throw new MarketDataException(
                    reader.File,
                    reader.Position,
                    "order",
                    OrderTickReader.Describe(change, reader.Symbols, outcome)
                );
            }
        }

        return new FileSummary(
            reader.Source,
            "order events",
            reader.Events,
            reader.Symbols.Names,
            first / NanosPerMicro,
            last / NanosPerMicro
        );
    }
}
