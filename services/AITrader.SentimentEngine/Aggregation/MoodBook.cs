using AITrader.SentimentEngine.Authenticity;

namespace AITrader.SentimentEngine.Aggregation;

/// <summary>The mood about every symbol, from opinions in the order in which they became known. For one thread at a time.</summary>
/// <remarks>A pure state machine: the same opinions give the same readings, live, after a restart and in a replay of recorded
/// items.</remarks>
internal sealed class MoodBook(MoodSettings settings)
{
    private readonly Dictionary<string, SymbolMood> _symbols = new(StringComparer.Ordinal);
    private readonly Queue<Opinion> _unjudged = new();
    private readonly SourceHistory _history = new(settings.History);

    /// <summary>Symbols with opinions, sorted.</summary>
    public IReadOnlyList<string> Symbols => [.. _symbols.Keys.Order(StringComparer.Ordinal)];

    /// <summary>When the newest opinion became known; the beginning of time where there is none.</summary>
    public DateTimeOffset LastAt { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Adds an opinion.</summary>
    /// <exception cref="ArgumentException">It became known before another that is here already.</exception>
    public void Add(Opinion opinion)
    {
        var at = opinion.Item.ReceivedAt;
        if (at < LastAt)
        {
            throw new ArgumentException($"The opinion became known at {at:O}, after one of {LastAt:O} was added.", nameof(opinion));
        }

        LastAt = at;
        Judge(at);
        MoodOf(opinion.Symbol).Add(opinion);
        _unjudged.Enqueue(opinion);
    }

    /// <summary>The mood about a symbol at a time that is not before the newest opinion; null where nothing counts.</summary>
    public MoodReading? Read(string symbol, DateTimeOffset at) =>
        _symbols.TryGetValue(symbol, out var mood) ? mood.Read(at, _history) : null;

    // Only as opinions arrive, so that a verdict does not depend on when somebody asks.
    private void Judge(DateTimeOffset now)
    {
        while (_unjudged.TryPeek(out var next) && next.Item.ReceivedAt + settings.JudgedAfter <= now)
        {
            _unjudged.Dequeue();
            if (MoodOf(next.Symbol).VerdictOn(next) is { } isConfirmed)
            {
                _history.Judge(next.Item.Source, isConfirmed, next.Item.ReceivedAt + settings.JudgedAfter);
            }
        }

        _history.Forget(now);
    }

    private SymbolMood MoodOf(string symbol)
    {
        if (!_symbols.TryGetValue(symbol, out var mood))
        {
            _symbols[symbol] = mood = new SymbolMood(symbol, settings);
        }

        return mood;
    }
}
