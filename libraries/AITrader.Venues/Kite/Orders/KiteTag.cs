using System.Numerics;
using System.Security.Cryptography;

namespace AITrader.Venues.Kite.Orders;

/// <summary>The tag of an order: Kite allows twenty letters and digits, fewer than an id has.</summary>
public static class KiteTag
{
    /// <summary>Longest tag.</summary>
    public const int MaxLength = 20;

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int HashBytes = 12;

    /// <summary>The tag of an order id: always the same, and of another id another one but for one chance in 2^48 of a day with millions of
    /// orders.</summary>
    public static string Of(Guid orderId)
    {
        var number = new BigInteger(SHA256.HashData(orderId.ToByteArray(bigEndian: true)).AsSpan(0, HashBytes), isUnsigned: true);
        Span<char> tag = stackalloc char[MaxLength];
        var start = MaxLength;
        do
        {
            number = BigInteger.DivRem(number, Digits.Length, out var digit);
            tag[--start] = Digits[(int)digit];
        } while (!number.IsZero);

        return new string(tag[start..]);
    }
}
