using System.Text;

namespace AITrader.Contracts.Codecs;

/// <summary>Strings by their UTF-8, for values that recur: symbols, sources, runs. Bounded; safe from any thread.</summary>
internal static class StringPool
{
    private const int Slots = 1024;
    private const int LongestKept = 64;

    private static readonly Word?[] Kept = new Word?[Slots];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return string.Empty;
        }

        if (utf8.Length > LongestKept)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        // A slot is replaced whole, so a reader sees either the old word or the new one.
        ref var slot = ref Kept[Hash(utf8) & (Slots - 1)];
        var word = Volatile.Read(ref slot);
        if (word is null || !utf8.SequenceEqual(word.Utf8))
        {
            word = new Word(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
            Volatile.Write(ref slot, word);
        }

        return word.Text;
    }

    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        const uint Prime = 16777619;
        var hash = 2166136261u;
        foreach (var value in utf8)
        {
            hash = (hash ^ value) * Prime;
        }

        return (int)(hash ^ (hash >> 16));
    }

    private sealed record Word(byte[] Utf8, string Text);
}
