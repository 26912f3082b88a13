using AITrader.Texts.Tokens;

namespace AITrader.Texts.Tests.Tokens;

public sealed class WordPieceTokenizerTests
{
    internal static readonly string[] Vocabulary =
    [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "stock",
        "##s",
        "up",
        "down",
        "[",
        "]",
        "sep",
        "!",
        "u",
        "##p",
    ];

    private static readonly WordPieceTokenizer Tokenizer = WordPieceTokenizer.Of(Vocabulary);

    [Theory]
    [InlineData("")]
    [InlineData("  \t\r\n\u00A0\u3000")]
    [InlineData("\0\u0001\u200B\u200D\uFEFF\uFFFD\uD800\uE000")]
    [InlineData("\u0301\u0302")]
    public void A_text_without_words_has_no_pieces(string text)
    {
        var read = Tokenizer.Tokenize(text, 10);
        Assert.Empty(read.Pieces);
        Assert.False(read.IsTruncated);
    }

    [Fact]
    public void Words_are_put_together_of_the_longest_pieces() =>
        Assert.Equal([4, 5, 6, 11, 1], Tokenizer.Tokenize("Stocks UP! upx", 10).Pieces);

    [Fact]
    public void Special_words_of_a_text_are_text()
    {
        Assert.Equal([6, 8, 10, 9, 7], Tokenizer.Tokenize("up [SEP] down", 20).Pieces);
        Assert.DoesNotContain(Tokenizer.Padding, Tokenizer.Tokenize("[PAD][PAD] [[PAD]PAD] [PA\u200BD]", 50).Pieces);
        Assert.DoesNotContain(Tokenizer.Opening, Tokenizer.Tokenize("[CLS]", 50).Pieces);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(int.MaxValue, false)]
    public void What_comes_after_the_limit_is_left_out_and_said(int limit, bool isTruncated)
    {
        var read = Tokenizer.Tokenize("stocks up down", limit);
        Assert.Equal(new long[] { 4, 5, 6, 7 }.Take(limit), read.Pieces);
        Assert.Equal(isTruncated, read.IsTruncated);
    }

    [Fact]
    public void A_megabyte_is_read_in_a_moment_whatever_it_holds()
    {
        var repeats = (1 << 20) / 10;
        foreach (
            var part in new[]
            {
                "stocks up ",
                "aaaaaaaaaa",
                "!!!!!!!!!!",
                "é́é́é́é́é́",
                "\u200B\u200B\u200B\u200B\u200Bstock",
                "🚀🚀🚀🚀🚀",
            }
        )
        {
            Assert.InRange(Tokenizer.Tokenize(string.Concat(Enumerable.Repeat(part, repeats)), 4_096).Pieces.Length, 1, 4_096);
        }
    }

    [Fact]
    public void Threads_may_share_one()
    {
        var expected = Tokenizer.Tokenize("Stocks ÚP! down [SEP]", 20).Pieces;
        Parallel.For(0, 2_000, i => Assert.Equal(expected, Tokenizer.Tokenize("Stocks ÚP! down [SEP]", 20 + (i % 3)).Pieces));
    }

    [Theory]
    [InlineData("[PAD]")]
    [InlineData("[UNK]")]
    [InlineData("[CLS]")]
    [InlineData("[SEP]")]
    public void A_vocabulary_without_a_special_piece_is_refused(string missing)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => WordPieceTokenizer.Of([.. Vocabulary.Where(piece => piece != missing)]));
        Assert.Contains(missing, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_vocabulary_is_refused()
    {
        var path = Path.GetTempFileName();
        try
        {
            Assert.Throws<InvalidDataException>(() => WordPieceTokenizer.Read(path));
            File.WriteAllBytes(path, [0, 1, 2, 255, 254]);
            Assert.Throws<InvalidDataException>(() => WordPieceTokenizer.Read(path));
            File.WriteAllText(path, string.Join("\r\n", Vocabulary));
            Assert.Equal([4, 5], WordPieceTokenizer.Read(path).Tokenize("stocks", 5).Pieces);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
