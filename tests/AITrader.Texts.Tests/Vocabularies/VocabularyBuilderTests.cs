using AITrader.Texts.Tokens;
using AITrader.Texts.Vocabularies;

namespace AITrader.Texts.Tests.Vocabularies;

public sealed class VocabularyBuilderTests
{
    private static readonly string[] Texts = ["Shares rose", "shares fell!", "Share price rose", "the price rose, rose"];

    [Fact]
    public void What_comes_often_becomes_one_piece_and_given_words_are_pieces_anyway()
    {
        var pieces = VocabularyBuilder.Build(Texts, ["slump"], 60);
        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]"], pieces.Take(4));
        Assert.Contains("rose", pieces);
        Assert.Contains("share", pieces);
        Assert.Contains("slump", pieces);
        Assert.DoesNotContain("fell", pieces);
        Assert.Equal(pieces.Count, pieces.Distinct(StringComparer.Ordinal).Count());

        var tokenizer = WordPieceTokenizer.Of(pieces);
        Assert.Single(tokenizer.Tokenize("ROSE", 10).Pieces);
        Assert.DoesNotContain(tokenizer.Unknown, tokenizer.Tokenize("share shares price slump", 20).Pieces);
    }

    [Fact]
    public void It_keeps_to_its_size_and_to_its_texts_whatever_their_order()
    {
        var pieces = VocabularyBuilder.Build(Texts, [], 20);
        Assert.Equal(20, pieces.Count);
        Assert.Equal(pieces, VocabularyBuilder.Build(Texts.Reverse(), [], 20));
    }
}
