using System.Text.Json;
using AITrader.TestSupport;
using AITrader.Texts.Tokens;

namespace AITrader.Texts.Tests.Tokens;

/// <summary>Examples on which Google's reference and Hugging Face's tokenizers (Rust and JavaScript) agree.</summary>
public sealed class ReferenceExamplesTests
{
    [Fact]
    public void Every_shared_example_gives_the_numbers_of_the_reference()
    {
        var tokenizer = WordPieceTokenizer.Read(SharedData.Require("bert-tokenizer/vocab.txt"));
        var examples = File.ReadLines(SharedData.Require("bert-tokenizer/examples.jsonl"))
            .Select(static line => JsonDocument.Parse(line))
            .ToList();
        Assert.Equal(15, examples.Count);
        Assert.Equal(30_522, tokenizer.Count);
        Assert.All(examples, example =>
        {
            var expected = example.RootElement.GetProperty("ids").EnumerateArray().Select(static id => id.GetInt64());
            var pieces = tokenizer.Tokenize(example.RootElement.GetProperty("text").GetString()!, 510).Pieces;
            Assert.Equal(expected, [tokenizer.Opening, .. pieces, tokenizer.Closing]);
        });
    }

    // By the rules of google-research/bert's tokenization.py, numbers from its vocab.txt.
    [Theory]
    [InlineData("café", "cafe")] // dotnet/machinelearning#7728: accents stay under invariant globalization
    [InlineData("note\nbook", "note book")] // dotnet/machinelearning#7724: words across a line end were joined
    [InlineData("note\u2028book", "note book")]
    [InlineData("no\u200Bte\u0007book\uFEFF", "notebook")]
    [InlineData("note\uFFFDbook", "notebook")]
    [InlineData("ΆΣ", "ας")] // an accent before a capital letter
    [InlineData("İstanbul", "istanbul")]
    [InlineData("\U00020000\U00020001", "\U00020000 \U00020001")] // ideographs beyond the basic plane are words each
    [InlineData("up\uD83D down\uDE80", "up down")] // halves of a surrogate pair
    public void A_text_is_read_as_its_plain_form(string odd, string plain)
    {
        var tokenizer = WordPieceTokenizer.Read(SharedData.Require("bert-tokenizer/vocab.txt"));
        var expected = tokenizer.Tokenize(plain.Replace('ς', 'σ'), 100).Pieces;
        Assert.NotEmpty(expected);
        Assert.Equal(expected, tokenizer.Tokenize(odd, 100).Pieces);
    }

    [Theory]
    [InlineData("$", 1002)] // dotnet/machinelearning#7725: symbols were dropped without a word
    [InlineData("+", 1009)]
    [InlineData("€", 1574)]
    [InlineData("🚀", 100)]
    [InlineData("moon🚀", 100)]
    [InlineData("👨‍👩‍👧", 100)]
    public void A_symbol_is_not_lost(string symbol, long number)
    {
        var tokenizer = WordPieceTokenizer.Read(SharedData.Require("bert-tokenizer/vocab.txt"));
        Assert.Equal([number], tokenizer.Tokenize(symbol, 100).Pieces);
    }

    // huggingface/transformers#17551: a word of more than 100 characters is one unknown word.
    [Fact]
    public void A_word_beyond_a_hundred_characters_is_unknown_and_its_neighbours_are_not()
    {
        var tokenizer = WordPieceTokenizer.Read(SharedData.Require("bert-tokenizer/vocab.txt"));
        var up = tokenizer.Tokenize("up", 10).Pieces.Single();
        Assert.True(tokenizer.Tokenize(new string('a', 100), 200).Pieces.Length > 10);
        Assert.Equal([up, tokenizer.Unknown, up], tokenizer.Tokenize($"up {new string('a', 101)} up", 200).Pieces);
        Assert.Equal([tokenizer.Unknown], tokenizer.Tokenize(string.Concat(Enumerable.Repeat("𝒳", 101)), 200).Pieces);
        Assert.Equal(3, tokenizer.Tokenize($"{new string('a', 101)}.up", 200).Pieces.Length);
    }
}
