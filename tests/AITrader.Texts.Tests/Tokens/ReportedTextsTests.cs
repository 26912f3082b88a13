using AITrader.TestSupport;
using AITrader.Texts.Tokens;
using AITrader.Texts.Windows;

namespace AITrader.Texts.Tests.Tokens;

/// <summary>Texts and vocabularies that other tokenizers read wrong, by public reports.</summary>
public sealed class ReportedTextsTests
{
    private static readonly Lazy<string[]> Lines = new(static () => File.ReadAllLines(SharedData.Require("bert-tokenizer/vocab.txt")));
    private static readonly Lazy<WordPieceTokenizer> Bert = new(static () => WordPieceTokenizer.Of(Lines.Value));

    [Theory]
    [InlineData("vegan", "vega ##n")] // axa-group/nlp.js#1192: the longest piece was taken from the end of a word
    [InlineData("Hyūga Hōshō", "h ##yu ##ga ho ##sho")] // ggml-org/llama.cpp#5496: a letter with a macron ended a piece
    [InlineData("Cretaceous–Paleogene", "cretaceous – pale ##ogen ##e")] // huggingface/tokenizers#115: words were glued by a dash
    [InlineData("[CLS] who was jim henson ? [SEP]", "[ cl ##s ] who was jim henson ? [ sep ]")] // huggingface/transformers#266 and #2220
    [InlineData("[MASK]", "[ mask ]")] // keras-team/keras-hub#1395: here a text's marks are text, as they could be a stranger's
    [InlineData("🥱 📷🤏 🦾", "[UNK] [UNK] [UNK]")] // huggingface/transformers#14844: newer signs were dropped by one and unknown to the other
    public void Word_is_split_as_by_the_reference(string text, string pieces) =>
        Assert.Equal(pieces, string.Join(' ', Bert.Value.Tokenize(text, 100).Pieces.Select(static piece => Lines.Value[piece])));

    [Theory]
    [InlineData("Héllò hôw are ü?", "hello how are u?")] // huggingface/tokenizers#1496: accents stayed where they were not taken apart first
    [InlineData("\u00E1 \u00FC", "a\u0301 u\u0308")] // huggingface/transformers#5738: one letter, two ways to write it
    [InlineData("\u0626\u06D5\u0648", "\u064A\u0654\u06D5\u0648")] // huggingface/tokenizers#281: letters of Kurdish that are taken apart too
    [InlineData("  你好asa \n", "你 好 asa")] // huggingface/tokenizers#706: white space behind ideographs stayed
    public void Text_is_read_as_its_other_form(string odd, string plain)
    {
        var expected = Bert.Value.Tokenize(plain, 100).Pieces;
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Bert.Value.Tokenize(odd, 100).Pieces);
    }

    // huggingface/transformers#2504 and asyml/texar#264: more pieces than asked for came back, or an exception.
    [Fact]
    public void Limit_holds_for_any_text()
    {
        const string review =
            "After a morning of Thrift Store hunting, a friend and I were thinking of lunch, and he suggested Emil's after he'd seen "
            + "Chris Sebak do a bit on it and had tried it a time or two before, and I had not.";
        var whole = Bert.Value.Tokenize(review, 1000);
        Assert.False(whole.IsTruncated);
        for (var limit = 1; limit <= whole.Pieces.Length; limit++)
        {
            var cut = Bert.Value.Tokenize(review, limit);
            Assert.Equal(whole.Pieces.Take(limit), cut.Pieces);
            Assert.Equal(limit < whole.Pieces.Length, cut.IsTruncated);
        }
    }

    // huggingface/transformers#2371: an address of hundreds of words without a blank gave more pieces than a model has places.
    [Fact]
    public void Address_without_a_blank_is_split_at_its_signs()
    {
        var address = "http://as." + string.Join('.', Enumerable.Repeat("international.anger.grows", 100));
        var pieces = Bert.Value.Tokenize(address, 510).Pieces;
        Assert.Equal(510, pieces.Length);
        Assert.DoesNotContain(Bert.Value.Unknown, pieces);
    }

    // huggingface/transformers#125 and #2446: a text longer than the model's places broke the run.
    [Fact]
    public void No_window_is_longer_than_what_a_model_reads()
    {
        var text = string.Join(' ', Enumerable.Repeat("shares of Hyūga rose 3.5% — 🚀!", 300));
        var cut = Bert.Value.Cut(text, new WindowLimits(Length: 512, Overlap: 64, Most: 4));
        Assert.Equal(4, cut.Windows.Count);
        Assert.All(cut.Windows, static window => Assert.InRange(window.Pieces.Length, 3, 512));
    }

    // NMZivkovic/BertTokenizers#27, WorksApplications/SudachiTra#64, RunanywhereAI/runanywhere-sdks#479: a blank line, a line separator
    // that is a piece, a mark of the byte order or the other end of lines shifted the numbers of all pieces after it.
    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    public void Number_of_a_piece_is_its_line(string end, string mark)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path,
                mark + string.Join(end, "[PAD]", "[UNK]", "[CLS]", "[SEP]", "\u2028", "", "stock", "", "##s", "up") + end
            );
            var tokenizer = WordPieceTokenizer.Read(path);
            Assert.Equal([6, 8, 9], tokenizer.Tokenize("stocks up", 10).Pieces);
            Assert.Equal((10, 0, 3), (tokenizer.Count, tokenizer.Padding, tokenizer.Closing));
            Assert.Equal([tokenizer.Unknown], tokenizer.Tokenize("blank", 10).Pieces);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // google/sentencepiece#881: pieces with two numbers, of which a model was trained with one.
    [Fact]
    public void Piece_that_is_there_twice_is_refused()
    {
        var refusal = Assert.Throws<InvalidDataException>(static () =>
            WordPieceTokenizer.Of([.. WordPieceTokenizerTests.Vocabulary, "stock"])
        );
        Assert.Contains("the line stock twice", refusal.Message, StringComparison.Ordinal);
    }
}
