using AITrader.Contracts.Messages;
using AITrader.Messaging;
using AITrader.SentimentEngine.Aggregation;
using AITrader.SentimentEngine.Authenticity;
using AITrader.SentimentEngine.Classifier;
using AITrader.SentimentEngine.Diagnostics;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Sentiment;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Polling;

/// <summary>Has the stored items read, in the order in which they became known, and publishes the readings that follow.</summary>
/// <remarks>What a model made of items and the readings are stored in one transaction; whatever breaks, it begins again from what is
/// stored, and comes to the same readings.</remarks>
internal sealed class ReadLoop(
    Supervisor supervisor,
    ItemIntake intake,
    SentimentItems store,
    TextClassifier classifier,
    MoodBoard board,
    IOutboxRelay relay,
    IOptions<SentimentOptions> options,
    SentimentMetrics metrics,
    TimeProvider time,
    ILogger<ReadLoop> logger
) : SupervisedService(supervisor)
{
    private const int MaxRows = 256;

    private DateTimeOffset _publishedAt;
    private string? _away;

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await RestoreAsync(stoppingToken);
        _publishedAt = time.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            var hasRead = await TryReadAsync(stoppingToken);
            await PublishAsync(stoppingToken);
            ReportProgress();
            if (!hasRead)
            {
                await intake.WaitAsync(options.Value.PollInterval, stoppingToken);
            }
        }
    }

    private async Task RestoreAsync(CancellationToken ct)
    {
        var settings = options.Value.Mood;
        var rows = await store.ReadSinceAsync(time.GetUtcNow() - settings.Memory, ct);
        var book = new MoodBook(settings);
        foreach (var row in rows)
        {
            book.Add(ItemRows.OpinionOf(row));
        }

        board.Restore(book);
        logger.Restored(rows.Count, book.Symbols.Count);
    }

    private async Task<bool> TryReadAsync(CancellationToken ct)
    {
        var rows = Whole(await store.UnreadAsync(MaxRows, ct));
        if (rows.Count == 0)
        {
            return false;
        }

        try
        {
            var readings = await classifier.ReadAsync(rows.Select(static row => row.Text), ct);
            _away = null;
            await StoreAsync(rows, readings, ct);
            return true;
        }
        catch (ClassifierAwayException away)
        {
            if (away.Message != _away)
            {
                logger.NotRead(away.Message, rows.Count);
            }

            _away = away.Message;
            return false;
        }
    }

    // Those of one moment are read together: what follows from the last moment here may not all be here.
    private static List<SentimentItemRow> Whole(List<SentimentItemRow> rows)
    {
        var last = rows.Count == MaxRows ? rows[^1].ReceivedAt : null;
        var whole = rows.FindAll(row => row.ReceivedAt != last);
        return whole.Count > 0 ? whole : rows;
    }

    private async Task StoreAsync(List<SentimentItemRow> rows, IReadOnlyDictionary<string, TextReading?> readings, CancellationToken ct)
    {
        var (items, published) = (new List<ItemReading>(), new List<SentimentReading>());
        foreach (var moment in rows.GroupBy(static row => row.ReceivedAt))
        {
            var opinions = moment
                .Where(row => readings[row.Text] is not null)
                .ToDictionary(static row => row, row => OpinionOf(row, readings[row.Text]!));
            var moods = board.Add([.. opinions.Values]);
            items.AddRange(moment.Select(row => Result(row, opinions.GetValueOrDefault(row), moods)));
            published.AddRange(moods.Select(Message));
        }

        await store.WriteAsync(items, published, ct);
        metrics.Read(
            items.Count(static item => item.Model.Length > 0),
            items.Count(static item => item.Model.Length == 0),
            published.Count
        );
        await FlushAsync(ct);
    }

    private static Opinion OpinionOf(SentimentItemRow row, TextReading reading) =>
        ItemRows.OpinionOf(row, reading.Score, reading.Confidence, reading.Model);

    private static ItemReading Result(SentimentItemRow row, Opinion? opinion, IReadOnlyList<MoodReading> moods)
    {
        if (opinion is null)
        {
            return new ItemReading(row.Id, 0, 0, 0, "[]", string.Empty);
        }

        var counted = moods.SelectMany(static mood => mood.Opinions).FirstOrDefault(one => ReferenceEquals(one.Opinion, opinion));
        return new ItemReading(
            row.Id,
            opinion.Score,
            opinion.Confidence,
            counted?.Authenticity.Value ?? 0,
            ItemRows.Of(counted?.Authenticity.Reasons ?? []),
            opinion.Model
        );
    }

    // A reading is as old as its newest item: without a new one it would be too old for decisions while it still counts.
    private async Task PublishAsync(CancellationToken ct)
    {
        if (time.GetUtcNow() - _publishedAt < options.Value.PublishEvery)
        {
            return;
        }

        _publishedAt = time.GetUtcNow();
        var moods = board.ReadAll();
        if (moods.Count > 0)
        {
            await store.WriteAsync([], [.. moods.Select(Message)], ct);
            metrics.Read(0, 0, moods.Count);
            await FlushAsync(ct);
        }
    }

    private async Task FlushAsync(CancellationToken ct)
    {
        try
        {
            await relay.FlushAsync(ct);
        }
        catch (BusUnavailableException)
        {
            // It stays in the outbox, whose own loop publishes it when the bus is back.
        }
    }

    private SentimentReading Message(MoodReading mood) =>
        new()
        {
            Symbol = mood.Symbol,
            Score = mood.Score,
            Confidence = mood.Confidence,
            Authenticity = mood.Authenticity,
            Sources = string.Join(',', mood.Sources),
            Window = options.Value.Window,
            Timestamp = mood.At,
            Model = string.Join(',', mood.Models),
        };
}
