using System.Diagnostics.Metrics;

namespace AITrader.SentimentEngine.Diagnostics;

/// <summary>What the engine counts.</summary>
internal sealed class SentimentMetrics : IDisposable
{
    public const string Name = "AITrader.SentimentEngine";

    private readonly Meter _meter;
    private readonly Counter<long> _found;
    private readonly Counter<long> _new;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _read;
    private readonly Counter<long> _readings;

    public SentimentMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _found = _meter.CreateCounter<long>("aitrader.sentiment.items_found", description: "Items in answers, by source");
        _new = _meter.CreateCounter<long>("aitrader.sentiment.items_new", description: "Items stored, one a symbol, by source");
        _failures = _meter.CreateCounter<long>(
            "aitrader.sentiment.source_failures",
            description: "Answers that could not be had, by source"
        );
        _unreadable = _meter.CreateCounter<long>(
            "aitrader.sentiment.items_unreadable",
            description: "Parts of answers that could not be read"
        );
        _read = _meter.CreateCounter<long>("aitrader.sentiment.items_read", description: "Items by whether a model read or refused them");
        _readings = _meter.CreateCounter<long>("aitrader.sentiment.readings", description: "Readings published");
    }

    public void Dispose() => _meter.Dispose();

    public void Taken(string source, int found, int added)
    {
        _found.Add(found, Of(source));
        _new.Add(added, Of(source));
    }

    public void Failed(string source) => _failures.Add(1, Of(source));

    public void Unreadable(string source, int count) => _unreadable.Add(count, Of(source));

    public void Read(int read, int refused, int readings)
    {
        _read.Add(read, new KeyValuePair<string, object?>("outcome", "read"));
        _read.Add(refused, new KeyValuePair<string, object?>("outcome", "refused"));
        _readings.Add(readings);
    }

    private static KeyValuePair<string, object?> Of(string source) => new("source", source);
}
