using System.Globalization;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Authenticity;

/// <summary>How often what a source said was borne out by others, within a span of event time. For one thread at a time.</summary>
/// <remarks>The mean of a beta distribution: a prior by sort of source, worth <see cref="PriorWeight"/> verdicts, and the
/// verdicts.</remarks>
internal sealed class SourceHistory(TimeSpan span)
{
    /// <summary>Verdicts that the prior is worth.</summary>
    public const double PriorWeight = 20;

    private readonly Dictionary<string, Record> _records = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, string Source, bool IsConfirmed)> _verdicts = new();

    /// <summary>Adds a verdict; times never go back.</summary>
    public void Judge(string source, bool isConfirmed, DateTimeOffset at)
    {
        Count(source, isConfirmed, 1);
        _verdicts.Enqueue((at, source, isConfirmed));
        Forget(at);
    }

    /// <summary>Drops the verdicts that are older than the span.</summary>
    public void Forget(DateTimeOffset now)
    {
        while (_verdicts.TryPeek(out var oldest) && oldest.At < now - span)
        {
            _verdicts.Dequeue();
            Count(oldest.Source, oldest.IsConfirmed, -1);
        }
    }

    /// <summary>Reliability of a source, in (0, 1), with what it rests on.</summary>
    public AuthenticityReason Of(string source, SourceKind kind)
    {
        var prior = Prior(kind);
        var record = _records.GetValueOrDefault(source);
        var judged = record.Confirmed + record.Contradicted;
        var mean = ((prior * PriorWeight) + record.Confirmed) / (PriorWeight + judged);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{source} is reliable to {mean:0.00}: {record.Confirmed} of {judged} judged opinions were borne out, beside {prior:0.00} for its sort"
        );
        return new AuthenticityReason(ReasonNames.Reliability, Math.Log(mean / (1 - mean)), text);
    }

    private static double Prior(SourceKind kind) =>
        kind switch
        {
            SourceKind.Filing => 0.95,
            SourceKind.News => 0.75,
            SourceKind.Report => 0.75,
            _ => 0.45,
        };

    private void Count(string source, bool isConfirmed, int change)
    {
        var record = _records.GetValueOrDefault(source);
        _records[source] = isConfirmed
            ? record with
            {
                Confirmed = record.Confirmed + change,
            }
            : record with
            {
                Contradicted = record.Contradicted + change,
            };
    }

    private readonly record struct Record(int Confirmed, int Contradicted);
}
