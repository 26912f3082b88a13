namespace AITrader.OrderBooks;

/// <summary>FNV-1a with 64 bits over integers of 8 bytes, little-endian.</summary>
internal static class Fnv1a
{
    internal const ulong Start = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    internal static ulong Add(ulong hash, long value)
    {
        for (var shift = 0; shift < 64; shift += 8)
        {
            hash = (hash ^ (byte)(value >> shift)) * Prime;
        }

        return hash;
    }
}
