using FastBertTokenizer;

namespace AITrader.Texts.Tokens;

/// <summary>Splits texts into the pieces of words that uncased BERT models read: FastBertTokenizer behind a normalisation that does not
/// depend on how the program's globalization is set.</summary>
/// <remarks>Thread-safe. Equal to Google's reference and Hugging Face's tokenizers, but that special words such as <c>[SEP]</c> in a text
/// are text.</remarks>
public sealed class WordPieceTokenizer
{
    private const string ContinuationMark = "##";

    private readonly BertTokenizer _pieces = new();

    private WordPieceTokenizer(IReadOnlyList<string> vocabulary)
    {
        Count = vocabulary.Count;
        Padding = PlaceOf(vocabulary, "[PAD]");
        Unknown = PlaceOf(vocabulary, "[UNK]");
        Opening = PlaceOf(vocabulary, "[CLS]");
        Closing = PlaceOf(vocabulary, "[SEP]");
        // A line without a piece keeps its number, under a name that no text has: of brackets words are made on their own.
        using var lines = new StringReader(
            string.Join('\n', vocabulary.Select(static (piece, i) => piece.Length > 0 ? piece : $"[blank {i}]"))
        );
        _pieces.LoadVocabulary(lines, convertInputToLowercase: true);
    }

    /// <summary>Number of pieces; their numbers are below it.</summary>
    public int Count { get; }

    /// <summary>Number of the piece that fills rows up: <c>[PAD]</c>.</summary>
    public long Padding { get; }

    /// <summary>Number of the piece that stands for a word that cannot be put together: <c>[UNK]</c>.</summary>
    public long Unknown { get; }

    /// <summary>Number of the piece before a text: <c>[CLS]</c>.</summary>
    public long Opening { get; }

    /// <summary>Number of the piece after a text: <c>[SEP]</c>.</summary>
    public long Closing { get; }

    /// <summary>Reads a <c>vocab.txt</c>: a piece a line, numbered from 0; those inside of words begin with <c>##</c>.</summary>
    /// <exception cref="InvalidDataException">The file is no vocabulary; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WordPieceTokenizer Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Of(File.ReadAllLines(path));
    }

    /// <summary>A tokenizer of these pieces, in the order of their numbers.</summary>
    /// <exception cref="InvalidDataException">The pieces are no vocabulary; the message says why.</exception>
    public static WordPieceTokenizer Of(IReadOnlyList<string> vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (
            vocabulary
                .Where(static piece => piece.Length > 0)
                .CountBy(static piece => piece)
                .FirstOrDefault(static piece => piece.Value > 1) is
            { Value: > 1, Key: var twice }
        )
        {
            throw new InvalidDataException($"vocab.txt has the line {twice} twice: a piece has one number");
        }

        return vocabulary.Any(static piece => !piece.StartsWith(ContinuationMark, StringComparison.Ordinal) && !piece.StartsWith('['))
            ? new WordPieceTokenizer(vocabulary)
            : throw new InvalidDataException("vocab.txt has no word");
    }

    /// <summary>Splits a text.</summary>
    /// <param name="text">Anything.</param>
    /// <param name="limit">Pieces at most; what comes after them is not read.</param>
    /// <returns>Numbers of its pieces, without those before and after a text; none for a text without words.</returns>
    public TokenizedText Tokenize(string text, int limit)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var clean = BertText.Clean(text);

        // One place more than the limit tells a text that goes on from one that ends there; two are for what stands around it.
        var places = (int)Math.Min(limit + 1L, clean.Length) + 2;
        var (numbers, mask) = (new long[places], new long[places]);
        var count = _pieces.Encode(clean, numbers, mask) - 2;
        return new TokenizedText(numbers[1..(1 + Math.Min(count, limit))], count > limit);
    }

    private static long PlaceOf(IReadOnlyList<string> vocabulary, string piece)
    {
        for (var i = 0; i < vocabulary.Count; i++)
        {
            if (vocabulary[i] == piece)
            {
                return i;
            }
        }

        throw new InvalidDataException($"vocab.txt has no line {piece}: it is not the vocabulary of a BERT model");
    }
}

/// <summary>A text as numbers of pieces.</summary>
/// <param name="Pieces">In the order of the text.</param>
/// <param name="IsTruncated">Whether the text has more pieces, which were left out.</param>
public sealed record TokenizedText(long[] Pieces, bool IsTruncated);
