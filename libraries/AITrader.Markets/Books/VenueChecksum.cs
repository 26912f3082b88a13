using System.Buffers.Text;
using AITrader.Markets.Formats;

namespace AITrader.Markets.Books;

/// <summary>Checksums of the best levels that venues send along, to be compared with the book as it is here: CRC-32 (IEEE 802.3) over
/// text.</summary>
/// <remarks>Sources: Kraken, "Book checksum" of WebSocket v1 and v2; OKX, "Checksum" of the order book channels.</remarks>
public static class VenueChecksum
{
    private const int KrakenDepth = 10;
    private const int OkxDepth = 25;
    private const int LongestNumber = 24;

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
        return Kraken(Kraken(0, book.Asks, price, size), book.Bids, price, size);
    }

    /// <summary>OKX: best bid, best ask, second bid, second ask and so on, 25 of each at most, as <c>price:quantity</c> joined by colons; a
    /// side that ends leaves the other alone.</summary>
    /// <returns>Signed, as the venue sends it.</returns>
    public static int Okx(LevelBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var (bids, asks, crc) = (book.Bids.GetEnumerator(), book.Asks.GetEnumerator(), 0u);
        for (var (depth, any) = (0, false); depth < OkxDepth; depth++)
        {
            var (hasBid, hasAsk) = (bids.MoveNext(), asks.MoveNext());
            crc = hasBid ? Okx(crc, any, bids.Current) : crc;
            any |= hasBid;
            crc = hasAsk ? Okx(crc, any, asks.Current) : crc;
            any |= hasAsk;
        }

        return (int)crc;
    }

    private static uint Kraken(uint crc, BookSide side, long priceUnit, long sizeUnit)
    {
        var left = KrakenDepth;
        foreach (var level in side)
        {
            if (left-- == 0)
            {
                break;
            }

            crc = Add(Add(crc, Whole(level.Price.Nanos, priceUnit)), Whole(level.Size.Raw, sizeUnit));
        }

        return crc;
    }

    private static uint Okx(uint crc, bool follows, BookLevel level)
    {
        crc = follows ? Crc32.Append(crc, ":"u8) : crc;
        crc = Crc32.Append(Number(crc, level.Price.Nanos, Price.Scale), ":"u8);
        return Number(crc, level.Size.Raw, Quantity.Scale);
    }

    /// <summary>The number as short as it gets: no trailing zeros, no point without decimals.</summary>
    private static uint Number(uint crc, long value, long scale)
    {
        crc = Add(crc, value / scale);
        var rest = value % scale;
        if (rest == 0)
        {
            return crc;
        }

        crc = Crc32.Append(crc, "."u8);
        for (var digit = scale / 10; rest > 0; digit /= 10)
        {
            crc = Add(crc, rest / digit);
            rest %= digit;
        }

        return crc;
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

    private static uint Add(uint crc, long number)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, text, out var length);
        return Crc32.Append(crc, text[..length]);
    }
}
