using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;
using AITrader.Domain.Ticks;
using AITrader.OrderBooks;

namespace AITrader.Formats.Reading;

/// <summary>Reads the events of an order-by-order (L3) feed as ticks: a trade for each execution, and a quote where the best bid or ask has
/// changed.</summary>
/// <remarks>
/// A trade carries the best bid and ask that it met; executions that ITCH marks as reported another time (its crosses) are none. A
/// one-sided or crossed book gives no quote. The best
/// levels are those of a book of the orders; of LOBSTER, whose files begin in the middle of a book, those of the orderbook file, and
/// without that file there are only trades.
/// </remarks>
internal sealed class OrderTickReader(OrderEventReader events) : TickReader(events.File, events.Symbols)
{
    private const int ExpectedOrders = 64;
    private const long NanosPerMicro = 1_000;

    private Security[] _securities = [];
    private PackedTick _quote;
    private bool _hasQuote;

    /// <inheritdoc/>
    public override string Source => events.Source;

    /// <inheritdoc/>
    public override long Line => events.Position;

    private protected override bool TryReadTick(out PackedTick tick)
    {
        if (_hasQuote)
        {
            (tick, _hasQuote) = (_quote, false);
            return true;
        }

        while (events.TryRead(out var change))
        {
            ref var security = ref Find(change.Symbol);
            var isTrade = TryTrade(change, security, out tick);
            Apply(change, security);
            _hasQuote = TryQuote(change, ref security);
            if (isTrade)
            {
                return true;
            }

            if (_hasQuote)
            {
                (tick, _hasQuote) = (_quote, false);
                return true;
            }
        }

        tick = default;
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => events.Dispose();

    private ref Security Find(int symbol)
    {
        if (symbol >= _securities.Length)
        {
            Array.Resize(ref _securities, Math.Max(symbol + 1, 2 * _securities.Length));
        }

        ref var security = ref _securities[symbol];
        security.Book ??= events.TellsBook ? null : new OrderBook(ExpectedOrders);
        return ref security;
    }

    private static bool TryTrade(in OrderEvent change, in Security security, out PackedTick tick)
    {
        tick = default;
        if (
            change.IsNonPrinting
            || change.Kind is not (OrderEventKind.Execute or OrderEventKind.ExecuteWithPrice or OrderEventKind.HiddenExecute)
        )
        {
            return false;
        }

        // ITCH tells the price of an execution only where it is not that of the order.
        RestingOrder order = default;
        var isKnown = change.Price.Nanos > 0 || security.Book!.TryGet(change.OrderId, out order);
        tick = new PackedTick
        {
            TimeMicros = change.TimeNanos / NanosPerMicro,
            Kind = TickKind.Trade,
            Symbol = change.Symbol,
            Price = change.Price.Nanos > 0 ? change.Price : order.Price,
            Size = change.Quantity,
            Bid = security.Bid.Price,
            BidSize = security.Bid.Size,
            Ask = security.Ask.Price,
            AskSize = security.Ask.Size,
        };
        return isKnown;
    }

    private void Apply(in OrderEvent change, in Security security)
    {
        var outcome = security.Book?.Apply(change) ?? OrderOutcome.Applied;
        if (outcome > OrderOutcome.NotDisplayed)
        {
            throw Failure("order", Describe(change, Symbols, outcome));
        }
    }

    internal static string Describe(in OrderEvent change, SymbolTable symbols, OrderOutcome outcome) =>
        $"the {change.Kind} of order {change.OrderId} of {symbols[change.Symbol]} is refused: {outcome}";

    private bool TryQuote(in OrderEvent change, ref Security security)
    {
        var (bid, ask) = Best(security);
        if (bid == security.Bid && ask == security.Ask)
        {
            return false;
        }

        (security.Bid, security.Ask) = (bid, ask);
        if (bid == default)
        {
            return false;
        }

        _quote = new PackedTick
        {
            TimeMicros = change.TimeNanos / NanosPerMicro,
            Kind = TickKind.Quote,
            Symbol = change.Symbol,
            Price = Price.Mid(bid.Price, ask.Price),
            Bid = bid.Price,
            BidSize = bid.Size,
            Ask = ask.Price,
            AskSize = ask.Size,
        };
        return true;
    }

    /// <summary>Best levels; none of a one-sided or crossed book.</summary>
    private (BookLevel Bid, BookLevel Ask) Best(in Security security)
    {
        var (bid, ask) = security.Book is null
            ? events.Best
            : (security.Book.Levels.BestBid.GetValueOrDefault(), security.Book.Levels.BestAsk.GetValueOrDefault());
        return bid == default || ask == default || ask.Price < bid.Price ? default : (bid, ask);
    }

    private struct Security
    {
        internal OrderBook? Book;
        internal BookLevel Bid; // as quoted last; none while there is no quote
        internal BookLevel Ask;
    }
}
