using AITrader.Formats.Coverage;
using AITrader.OrderBooks;

namespace AITrader.Formats.Reading;

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
)
{
    private const int ExpectedOrders = 64;
    private const long NanosPerMicro = 1_000;

    /// <summary>Reads ticks to their end.</summary>
    internal static FileSummary Of(TickReader reader, FileCoverage? coverage = null)
    {
        var (first, last) = (0L, 0L);
        while (reader.TryRead(out var tick))
        {
            (first, last) = (reader.Ticks == 1 ? tick.TimeMicros : first, tick.TimeMicros);
            coverage?.Add(tick, reader.Symbols);
        }

        var skipped = reader.Skipped.Rows > 0 ? reader.Skipped.ToString() : null;
        return new FileSummary(reader.Source, "ticks", reader.Ticks, reader.Symbols.Names, first, last, skipped);
    }

    /// <summary>Reads bars to their end.</summary>
    internal static FileSummary Of(BarReader reader, FileCoverage? coverage = null)
    {
        var (first, last) = (0L, 0L);
        while (reader.TryRead(out var bar))
        {
            (first, last) = (reader.Bars == 1 ? bar.StartMicros : first, Math.Max(last, bar.EndMicros));
            coverage?.Add(bar, reader.Symbols);
        }

        return new FileSummary(reader.Source, "bars", reader.Bars, reader.Symbols.Names, first, last);
    }

    /// <summary>Reads order events to their end.</summary>
    internal static FileSummary Of(OrderEventReader reader) => Of(reader, static (_, _) => { });

    /// <summary>Reads order events to their end, and applies each to the order book of its symbol.</summary>
    /// <exception cref="MarketDataException">An event contradicts the orders before it.</exception>
    internal static FileSummary OfBooks(OrderEventReader reader)
    {
        var books = new Dictionary<int, OrderBook>();
        return Of(reader, (reader, change) =>
        {
            var book = books.TryGetValue(change.Symbol, out var known) ? known : books[change.Symbol] = new OrderBook(ExpectedOrders);
            if (book.Apply(change) is > OrderOutcome.NotDisplayed and var outcome)
            {
                throw new MarketDataException(
                    reader.File,
                    reader.Position,
                    "order",
                    OrderTickReader.Describe(change, reader.Symbols, outcome)
                );
            }
        });
    }

    private static FileSummary Of(OrderEventReader reader, Action<OrderEventReader, OrderEvent> check)
    {
        var (first, last) = (0L, 0L);
        while (reader.TryRead(out var change))
        {
            (first, last) = (reader.Events == 1 ? change.TimeNanos : first, change.TimeNanos);
            check(reader, change);
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
