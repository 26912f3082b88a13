using AITrader.Texts.Tokens;

namespace AITrader.Texts.Windows;

/// <summary>How a text is cut that is longer than what a model reads at once.</summary>
/// <param name="Length">Pieces of a window, with the two that stand around each.</param>
/// <param name="Overlap">Pieces that a window has in common with the one before it: words at an edge keep their neighbours.</param>
/// <param name="Most">Windows at most; what comes after them is not read.</param>
public sealed record WindowLimits(int Length, int Overlap, int Most)
{
    // Around each window: [CLS] and [SEP].
    private const int Around = 2;

    /// <summary>Pieces of a text within one window.</summary>
    public int Content => Length - Around;

    /// <summary>Pieces of a text that are read at most.</summary>
    public int Readable => Content + ((Most - 1) * (Content - Overlap));

    /// <summary>Checks them.</summary>
    /// <exception cref="ArgumentException">A window has no room for a piece, or the next one does not begin later.</exception>
    public WindowLimits Checked() =>
        Length > Around && Overlap >= 0 && Overlap < Content && Most > 0
            ? this
            : throw new ArgumentException($"Windows of {Length} pieces with an overlap of {Overlap}, {Most} at most, cover no text.");
}

/// <summary>A text as what a model reads at once.</summary>
/// <param name="Pieces">With those that stand around it.</param>
/// <param name="Weight">Its part in the answer for the text: pieces of the text in it, at least 1.</param>
public sealed record TextWindow(long[] Pieces, int Weight);

/// <summary>The windows of a text.</summary>
/// <param name="Windows">At least one, also for a text without words.</param>
/// <param name="IsTruncated">Whether the text goes on after the last one.</param>
public sealed record WindowedText(IReadOnlyList<TextWindow> Windows, bool IsTruncated);

/// <summary>Cuts texts into windows.</summary>
public static class TextWindows
{
    /// <summary>Splits and cuts a text.</summary>
    public static WindowedText Cut(this WordPieceTokenizer tokenizer, string text, WindowLimits limits)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(limits);
        var (pieces, isTruncated) = tokenizer.Tokenize(text, limits.Checked().Readable);
        var windows = new List<TextWindow>();
        var start = 0;
        do
        {
            var content = pieces.AsSpan(start, Math.Min(limits.Content, pieces.Length - start));
            windows.Add(new TextWindow([tokenizer.Opening, .. content, tokenizer.Closing], Math.Max(1, content.Length)));
            start += limits.Content - limits.Overlap;
        } while (start + limits.Overlap < pieces.Length);

        return new WindowedText(windows, isTruncated);
    }
}
