using AITrader.SentimentEngine.Authenticity;

namespace AITrader.SentimentEngine.Aggregation;

/// <summary>The book of moods for those who read it while it is written. Safe from any thread.</summary>
internal sealed class MoodBoard(TimeProvider time)
{
    private readonly Lock _gate = new();
    private MoodBook? _book;

    /// <summary>Whether what is stored has been read.</summary>
    public bool IsRestored
    {
        get
        {
            lock (_gate)
            {
                return _book is not null;
            }
        }
    }

    /// <summary>Starts anew from what is stored.</summary>
    public void Restore(MoodBook book)
    {
        lock (_gate)
        {
            _book = book;
        }
    }

    /// <summary>Adds what became known at one moment, and reads the moods that it changes.</summary>
    public IReadOnlyList<MoodReading> Add(IReadOnlyList<Opinion> opinions)
    {
        lock (_gate)
        {
            var book = _book ?? throw new InvalidOperationException("The book has not been restored.");
            foreach (var opinion in opinions)
            {
                book.Add(opinion);
            }

            return
            [
                .. opinions
                    .Select(static opinion => opinion.Symbol)
                    .Distinct(StringComparer.Ordinal)
                    .Select(symbol => book.Read(symbol, book.LastAt))
                    .OfType<MoodReading>(),
            ];
        }
    }

    /// <summary>The present mood about a symbol; null where nothing counts.</summary>
    public MoodReading? Read(string symbol)
    {
        lock (_gate)
        {
            return _book?.Read(symbol, Now(_book));
        }
    }

    /// <summary>The present moods about all symbols.</summary>
    public IReadOnlyList<MoodReading> ReadAll()
    {
        lock (_gate)
        {
            return _book is { } book ? [.. book.Symbols.Select(symbol => book.Read(symbol, Now(book))).OfType<MoodReading>()] : [];
        }
    }

    private DateTimeOffset Now(MoodBook book)
    {
        var now = time.GetUtcNow();
        var whole = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        return whole > book.LastAt ? whole : book.LastAt;
    }
}
