using System.Buffers.Text;
using System.IO.Hashing;
using AITrader.Domain.Prices;
using AITrader.Domain.Quotes;

namespace AITrader.OrderBooks;

/// <summary>Checksums of the best levels that venues send along, to be compared with the book as it is here: CRC-32 (IEEE 802.3) over
/// text.</summary>
/// <remarks>Sources: Kraken, "Book checksum" of WebSocket v1 and v2; OKX, "Checksum" of the order book channels.</remarks>
public static class VenueChecksum
{
    private const int KrakenDepth = 10;
    private const int OkxDepth = 25;
    private const int LongestNumber = 24;

    // One a thread: a check allocates nothing.
    [ThreadStatic]
    private static Crc32? _crc;

    /// <summary>Kraken: of the best ten asks, then the best ten bids, price and quantity with the instrument's decimals, without point and
    /// leading zeros.</summary>
    /// <param name="book">The book.</param>
    /// <param name="priceDecimals">Decimals that the venue writes prices with.</param>
    /// <param name="sizeDecimals">Decimals that the venue writes quantities with.</param>
    /// <exception cref="ArgumentException">A level has more decimals than the instrument.</exception>
    public static uint Kraken(LevelBook book, int priceDecimals, int sizeDecimals)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentOutOfRangeException.ThrowIfNegative(priceDecimals);
        ArgumentOutOfRangeException.ThrowIfNegative(sizeDecimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priceDecimals, Price.Decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeDecimals, Quantity.Decimals);
        var (price, size) = (Unit(Price.Decimals - priceDecimals), Unit(Quantity.Decimals - sizeDecimals));
        var crc = Fresh();
        AppendKraken(crc, book.Asks, price, size);
        AppendKraken(crc, book.Bids, price, size);
        return crc.GetCurrentHashAsUInt32();
    }

    /// <summary>OKX: best bid, best ask, second bid, second ask and so on, 25 of each at most, as <c>price:quantity</c> joined by colons; a
    /// side that ends leaves the other alone.</summary>
    /// <returns>Signed, as the venue sends it.</returns>
    public static int Okx(LevelBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var (bids, asks, crc) = (book.Bids.GetEnumerator(), book.Asks.GetEnumerator(), Fresh());
        for (var (depth, follows) = (0, false); depth < OkxDepth; depth++)
        {
            if (bids.MoveNext())
            {
                AppendOkx(crc, follows, bids.Current);
                follows = true;
            }

            if (asks.MoveNext())
            {
                AppendOkx(crc, follows, asks.Current);
                follows = true;
            }
        }

        return (int)crc.GetCurrentHashAsUInt32();
    }

    private static Crc32 Fresh()
    {
        _crc ??= new Crc32();
        _crc.Reset();
        return _crc;
    }

    private static void AppendKraken(Crc32 crc, BookSide side, long priceUnit, long sizeUnit)
    {
        var left = KrakenDepth;
        foreach (var level in side)
        {
            if (left-- == 0)
            {
                break;
            }

            Append(crc, Whole(level.Price.Nanos, priceUnit));
            Append(crc, Whole(level.Size.Raw, sizeUnit));
        }
    }

    private static void AppendOkx(Crc32 crc, bool follows, BookLevel level)
    {
        crc.Append(follows ? ":"u8 : default);
        AppendNumber(crc, level.Price.Nanos, Price.Scale);
        crc.Append(":"u8);
        AppendNumber(crc, level.Size.Raw, Quantity.Scale);
    }

    /// <summary>Appends a number as short as it gets: no trailing zeros, no point without decimals.</summary>
    private static void AppendNumber(Crc32 crc, long value, long scale)
    {
        Append(crc, value / scale);
        var rest = value % scale;
        if (rest == 0)
        {
            return;
        }

        crc.Append("."u8);
        for (var digit = scale / 10; rest > 0; digit /= 10)
        {
            Append(crc, rest / digit);
            rest %= digit;
        }
    }

    private static long Unit(int decimals)
    {
        var unit = 1L;
        for (var i = 0; i < decimals; i++)
        {
            unit *= 10;
        }

        return unit;
    }

    private static long Whole(long value, long unit) =>
        value % unit == 0 ? value / unit : throw new ArgumentException("a level has more decimals than the instrument is said to have");

    private static void Append(Crc32 crc, long number)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, text, out var length);
        crc.Append(text[..length]);
    }
}
