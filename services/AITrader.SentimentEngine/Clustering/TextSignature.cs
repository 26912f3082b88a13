namespace AITrader.SentimentEngine.Clustering;

/// <summary>What comparing a text with others needs, computed once.</summary>
internal sealed class TextSignature
{
    private TextSignature(ulong[] shingles) => (Shingles, BandKeys) = (shingles, MinHash.BandKeys(shingles));

    /// <summary>Its shingles, sorted.</summary>
    public ulong[] Shingles { get; }

    /// <summary>One key a band; none for a text without words.</summary>
    public ulong[] BandKeys { get; }

    public static TextSignature Of(string text) => new(TextShingles.Of(text));
}
