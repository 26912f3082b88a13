using AITrader.Texts.Tests.Tokens;
using AITrader.Texts.Tokens;
using AITrader.Texts.Windows;

namespace AITrader.Texts.Tests.Windows;

public sealed class TextWindowsTests
{
    private static readonly WordPieceTokenizer Tokenizer = WordPieceTokenizer.Of(WordPieceTokenizerTests.Vocabulary);

    private static readonly WindowLimits Limits = new(Length: 6, Overlap: 1, Most: 3);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 3)]
    [InlineData(10, 3)]
    public void Every_word_is_in_a_window_and_no_window_is_for_nothing(int words, int windows)
    {
        var cut = Tokenizer.Cut(string.Join(' ', Enumerable.Repeat("up", words)), Limits);
        Assert.Equal(windows, cut.Windows.Count);
        Assert.False(cut.IsTruncated);
        Assert.Equal(words + windows - 1, cut.Windows.Sum(static window => window.Pieces.Length - 2));
        Assert.All(cut.Windows, static window =>
        {
            Assert.Equal((Tokenizer.Opening, Tokenizer.Closing), (window.Pieces[0], window.Pieces[^1]));
            Assert.InRange(window.Pieces.Length, 2, Limits.Length);
            Assert.Equal(Math.Max(1, window.Pieces.Length - 2), window.Weight);
        });
    }

    [Fact]
    public void Neighbours_overlap()
    {
        var cut = Tokenizer.Cut("stock up down up stock !", Limits);
        Assert.Equal([2, 4, 6, 7, 6, 3], cut.Windows[0].Pieces);
        Assert.Equal([2, 6, 4, 11, 3], cut.Windows[1].Pieces);
    }

    [Fact]
    public void A_text_beyond_the_last_window_is_truncated()
    {
        var cut = Tokenizer.Cut(string.Join(' ', Enumerable.Repeat("up", 11)), Limits);
        Assert.Equal((3, true), (cut.Windows.Count, cut.IsTruncated));
        Assert.Equal(10, Limits.Readable);
    }

    [Theory]
    [InlineData(2, 0, 1)]
    [InlineData(6, 4, 1)]
    [InlineData(6, -1, 1)]
    [InlineData(6, 1, 0)]
    public void Limits_that_cover_no_text_are_refused(int length, int overlap, int most) =>
        Assert.Throws<ArgumentException>(() => Tokenizer.Cut("up", new WindowLimits(length, overlap, most)));
}
