using AITrader.Domain.Instruments;
using AITrader.Domain.Prices;
using AITrader.Formats.Reading;
using AITrader.OrderBooks;

namespace AITrader.Formats.Itch;

// What messages are as events of an order book.
public sealed partial class ItchReader
{
    private bool TryConvert(in ItchMessage message, out OrderEvent change)
    {
        change = new OrderEvent { Kind = OrderEventKind.Add, TimeNanos = _midnight + _lastNanos };
        switch (message.Type)
        {
            case 'A' or 'F':
                change = Added(message, change);
                return true;
            case 'E':
                change = Executed(message, change);
                return true;
            case 'C':
                change = ExecutedAtPrice(message, change);
                return true;
            case 'X':
                change = Cancelled(message, change);
                return true;
            case 'D':
                change = change with { Kind = OrderEventKind.Delete, OrderId = message.Integer(11, 8), Symbol = Known(message) };
                return true;
            case 'U':
                change = Replaced(message, change);
                return true;
            case 'P':
                change = ExecutedHidden(message, change);
                return true;
            default:
                return false;
        }
    }

    private OrderEvent Added(in ItchMessage message, in OrderEvent change) =>
        change with
        {
            OrderId = message.Integer(11, 8),
            Side = Side(message),
            Quantity = Shares(message, 20),
            Symbol = Name(message, message.Text(24, 8)),
            Price = Positive(message, 32),
        };

    private OrderEvent Executed(in ItchMessage message, in OrderEvent change) =>
        change with
        {
            Kind = OrderEventKind.Execute,
            OrderId = message.Integer(11, 8),
            Quantity = Shares(message, 19),
            TradeId = message.Integer(23, 8),
            Symbol = Known(message),
        };

    private OrderEvent Cancelled(in ItchMessage message, in OrderEvent change) =>
        change with
        {
            Kind = OrderEventKind.Cancel,
            OrderId = message.Integer(11, 8),
            Quantity = Shares(message, 19),
            Symbol = Known(message),
        };

    private OrderEvent Replaced(in ItchMessage message, in OrderEvent change) =>
        change with
        {
            Kind = OrderEventKind.Replace,
            OrderId = message.Integer(11, 8),
            NewOrderId = message.Integer(19, 8),
            Quantity = Shares(message, 27),
            Price = Positive(message, 31),
            Symbol = Known(message),
        };

    private OrderEvent ExecutedHidden(in ItchMessage message, in OrderEvent change) =>
        change with
        {
            Kind = OrderEventKind.HiddenExecute,
            Side = Side(message),
            Quantity = Shares(message, 20),
            Symbol = Name(message, message.Text(24, 8)),
            Price = Positive(message, 32),
            TradeId = message.Integer(36, 8),
        };

    private OrderEvent ExecutedAtPrice(in ItchMessage message, in OrderEvent change) =>
        change with
        {
            Kind = OrderEventKind.ExecuteWithPrice,
            OrderId = message.Integer(11, 8),
            Quantity = Shares(message, 19),
            TradeId = message.Integer(23, 8),
            IsNonPrinting = message.Bytes[31] switch
            {
                (byte)'Y' => false,
                (byte)'N' => true,
                _ => throw Failure("printable", $"'{OutsideText.Show(message.Bytes.Slice(31, 1))}' is neither Y nor N"),
            },
            Price = Positive(message, 32),
            Symbol = Known(message),
        };

    private QuoteSide Side(in ItchMessage message) =>
        message.Bytes[19] switch
        {
            (byte)'B' => QuoteSide.Bid,
            (byte)'S' => QuoteSide.Ask,
            _ => throw Failure("side", $"'{OutsideText.Show(message.Bytes.Slice(19, 1))}' is neither B nor S"),
        };

    private Quantity Shares(in ItchMessage message, int offset) =>
        message.Shares(offset) is { Raw: > 0 } shares ? shares : throw Failure("shares", "must be above zero");

    private Price Positive(in ItchMessage message, int offset) =>
        message.Price4(offset) is { Nanos: > 0 } price ? price : throw Failure("price", "must be above zero");

    /// <summary>Symbol of a locate that an earlier message named.</summary>
    private int Known(in ItchMessage message) =>
        _symbols[message.StockLocate] is > 0 and var symbol
            ? symbol - 1
            : throw Failure("stock_locate", $"{message.StockLocate} was not named before");

    /// <summary>Symbol of a message that names it; a locate has one name a day.</summary>
    private int Name(in ItchMessage message, ReadOnlySpan<byte> stock)
    {
        Span<byte> room = stackalloc byte[SymbolTable.MaxLength];
        if (!Symbols.TryIntern(ItchSymbol.Convert(stock, room), out var symbol))
        {
            throw Failure("stock", TickReader.DescribeSymbol(stock));
        }

        var before = _symbols[message.StockLocate];
        if (before > 0 && before != symbol + 1)
        {
            throw Failure("stock", $"is {Symbols[symbol]}, but the locate {message.StockLocate} is that of {Symbols[before - 1]}");
        }

        _symbols[message.StockLocate] = symbol + 1;
        return symbol;
    }
}
