using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;

namespace AITrader.Formats.Lobster;

/// <summary>What a check of a LOBSTER pair found.</summary>
/// <param name="Rows">Rows checked.</param>
/// <param name="FromBefore">Events about orders that were placed before the file begins.</param>
/// <param name="WholeBook">Rows at which also the book by order had exactly the row's levels: all of them where the file begins with an
/// empty book.</param>
/// <param name="Mismatch">The first contradiction, in the last of the rows, for the user. Null where there is none.</param>
public sealed record LobsterReport(long Rows, long FromBefore, long WholeBook, string? Mismatch);

/// <summary>Checks that a LOBSTER message file explains its orderbook file.</summary>
/// <remarks>
/// Each row must be the row before with the message's change at one price. What the message moves into or out of the last level is not
/// known from the files, so the last level may
/// be any that is worse than the others, but no other level may appear or vanish. Beside that, the messages are applied to a book by order;
/// as long as every event is of an order
/// that the file added, its levels must be those of the row.
/// </remarks>
public static class LobsterValidator
{
    /// <summary>Checks a pair to its end, or to the first contradiction.</summary>
    /// <exception cref="MarketDataException">A file is malformed, or there is no orderbook file.</exception>
    public static LobsterReport Check(LobsterReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (!reader.HasBook)
        {
            throw new MarketDataException(reader.File, 0, "orderbook", "has no orderbook file beside it");
        }

        var run = new Run(reader);
        while (reader.TryReadMessage(out var change))
        {
            if (run.Next(change) is { } mismatch)
            {
                return run.Report(mismatch);
            }
        }

        return run.Report(null);
    }

    private sealed class Run(LobsterReader reader)
    {
        private readonly OrderBook _orders = new();
        private readonly List<BookLevel> _bids = [];
        private readonly List<BookLevel> _asks = [];
        private long _rows;
        private long _fromBefore;
        private long _wholeBook;

        internal LobsterReport Report(string? mismatch) => new(_rows, _fromBefore, _wholeBook, mismatch);

        internal string? Next(OrderEvent? change)
        {
            var mismatch = Apply(change) ?? Whole();
            if (mismatch is null && _rows > 0)
            {
                mismatch = Side("bid", _bids, reader.Bids, change is { Side: QuoteSide.Bid } bid ? bid : null)
                    ?? Side("ask", _asks, reader.Asks, change is { Side: QuoteSide.Ask } ask ? ask : null);
            }

            _rows++;
            Keep(_bids, reader.Bids);
            Keep(_asks, reader.Asks);
            return mismatch;
        }

        private static void Keep(List<BookLevel> before, ReadOnlySpan<BookLevel> row)
        {
            before.Clear();
            before.AddRange(row);
        }

        private string? Apply(OrderEvent? change)
        {
            if (change is not { } some)
            {
                return null;
            }

            var outcome = _orders.Apply(some);
            if (outcome == OrderOutcome.UnknownOrder)
            {
                _fromBefore++;
                return null;
            }

            return outcome is OrderOutcome.Applied or OrderOutcome.NotDisplayed
                ? null
                : $"the {some.Kind} of order {some.OrderId} is refused: {outcome}";
        }

        /// <summary>Compares the book by order, while it is known whole: from an empty book on, with every order seen.</summary>
        private string? Whole()
        {
            if (_fromBefore > 0 || (_rows == 0 && reader.Bids.Length + reader.Asks.Length > 1) || _wholeBook < _rows)
            {
                return null;
            }

            _wholeBook++;
            return Same("bid", _orders.Levels.Bids, reader.Bids) ?? Same("ask", _orders.Levels.Asks, reader.Asks);
        }

        private string? Same(string side, BookSide book, ReadOnlySpan<BookLevel> row)
        {
            var count = Math.Min(book.Count, reader.Levels);
            for (var i = 0; i < Math.Max(count, row.Length); i++)
            {
                if (i >= count || i >= row.Length || book[i] != row[i])
                {
                    return $"{side} level {i + 1} is {(i < row.Length ? Show(row[i]) : "empty")}, but the orders make {(i < count ? Show(book[i]) : "it empty")}";
                }
            }

            return null;
        }

        private string? Side(string side, List<BookLevel> before, ReadOnlySpan<BookLevel> row, OrderEvent? change)
        {
            var isFull = before.Count == reader.Levels;
            if (change is { Kind: not OrderEventKind.HiddenExecute } some && Changed(side, before, some, isFull) is { } problem)
            {
                return problem;
            }

            var known = Math.Min(before.Count, reader.Levels);
            for (var i = 0; i < Math.Max(known, row.Length); i++)
            {
                // A level that was removed lets one that was out of sight come in, at the end of a row that was full.
                var comesIn = isFull && i == reader.Levels - 1 && known < reader.Levels;
                if (
                    i >= row.Length ? i < known
                    : i < known ? row[i] != before[i]
                    : !comesIn
                )
                {
                    return $"{side} level {i + 1} is {(i < row.Length ? Show(row[i]) : "empty")}, but the message makes {(i < known ? Show(before[i]) : "it empty")}";
                }
            }

            return null;
        }

        /// <summary>Changes the levels of the row before by a message.</summary>
        private static string? Changed(string side, List<BookLevel> levels, in OrderEvent change, bool isFull)
        {
            var price = change.Price;
            var index = levels.FindIndex(level => level.Price == price);
            if (change.Kind == OrderEventKind.Add)
            {
                if (index >= 0)
                {
                    levels[index] = levels[index] with { Size = Quantity.FromRaw(checked(levels[index].Size.Raw + change.Quantity.Raw)) };
                    return null;
                }

                var at = levels.FindIndex(level => side == "bid" ? level.Price < price : level.Price > price);
                levels.Insert(at < 0 ? levels.Count : at, new BookLevel(price, change.Quantity));
                return null;
            }

            if (index < 0)
            {
                return isFull ? null : $"the {change.Kind} is at {price}, where no {side} was"; // it may have been out of sight
            }

            var left = levels[index].Size.Raw - change.Quantity.Raw;
            if (left < 0)
            {
                return $"the {change.Kind} takes {change.Quantity} from {Show(levels[index])}";
            }

            if (left == 0)
            {
                levels.RemoveAt(index);
            }
            else
            {
                levels[index] = levels[index] with { Size = Quantity.FromRaw(left) };
            }

            return null;
        }

        private static string Show(BookLevel level) => $"{level.Size} at {level.Price}";
    }
}
