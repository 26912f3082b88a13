using AITrader.Advice.Questions;
using AITrader.Domain.Signals;
using AITrader.Storage.Documents;

namespace AITrader.StrategyEngine.Advising;

/// <summary>Finds what a model is shown: half of it the newest about the symbol, the rest by the words of the signal. Nothing that was
/// published after the signal.</summary>
internal sealed class Passages(DocumentSearch documents)
{
    public async Task<IReadOnlyList<QuotedPassage>> FindAsync(Signal signal, int max, CancellationToken ct)
    {
        if (max == 0)
        {
            return [];
        }

        var newest = await documents.FindAsync(new DocumentQuery(string.Empty, signal.Symbol, signal.Timestamp, (max + 1) / 2), ct);
        var words = $"\"{signal.Pattern.Replace('_', ' ')}\" or \"{signal.Symbol}\"";
        var matching = await documents.FindAsync(new DocumentQuery(words, signal.Symbol, signal.Timestamp, max), ct);
        return
        [
            .. newest
                .Concat(matching)
                .DistinctBy(static one => one.DocumentId)
                .Take(max)
                .Select(static one => new QuotedPassage(one.DocumentId, one.Source, one.Title, one.Text, one.PublishedAt)),
        ];
    }
}
