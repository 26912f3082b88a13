using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Classifier;

/// <summary>Has finbert-server read texts.</summary>
internal sealed class TextClassifier(IHttpClientFactory clients, IOptions<SentimentOptions> options)
{
    public const string Client = "finbert-server-texts";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Readings by text; null of a text that the server refuses.</summary>
    /// <exception cref="ClassifierAwayException">It has no model, does not answer, or answers something else.</exception>
    public async Task<IReadOnlyDictionary<string, TextReading?>> ReadAsync(IEnumerable<string> texts, CancellationToken ct)
    {
        var readings = new Dictionary<string, TextReading?>(StringComparer.Ordinal);
        foreach (var batch in texts.Distinct(StringComparer.Ordinal).Chunk(options.Value.BatchSize))
        {
            await ReadAsync(batch, readings, ct);
        }

        return readings;
    }

    // One text that is refused would keep all others waiting: the batch is halved until it is found.
    private async Task ReadAsync(string[] texts, Dictionary<string, TextReading?> readings, CancellationToken ct)
    {
        var found = await AskAsync(texts, ct);
        if (found is not null)
        {
            for (var at = 0; at < texts.Length; at++)
            {
                readings[texts[at]] = found[at];
            }
        }
        else if (texts.Length == 1)
        {
            readings[texts[0]] = null;
        }
        else
        {
            await ReadAsync(texts[..(texts.Length / 2)], readings, ct);
            await ReadAsync(texts[(texts.Length / 2)..], readings, ct);
        }
    }

    // Null where the server refuses what it was asked.
    private async Task<TextReading[]?> AskAsync(string[] texts, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.ReadTimeout);
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.PostAsJsonAsync("/predict", new Question(texts), Json, limit.Token);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => Readings(await answer.Content.ReadFromJsonAsync<Answer>(Json, limit.Token), texts.Length),
                HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity => null,
                var status => throw new ClassifierAwayException(
                    $"finbert-server answered {(int)status}{await DetailAsync(answer, limit.Token)}"
                ),
            };
        }
        catch (OperationCanceledException failure) when (!ct.IsCancellationRequested)
        {
            throw new ClassifierAwayException(
                $"finbert-server did not read within {options.Value.ReadTimeout.TotalSeconds:0.#} s",
                failure
            );
        }
        catch (HttpRequestException failure)
        {
            throw new ClassifierAwayException($"finbert-server cannot be reached: {failure.Message}", failure);
        }
        catch (JsonException failure)
        {
            throw new ClassifierAwayException("finbert-server answered something other than predictions", failure);
        }
    }

    private static TextReading[] Readings(Answer? answer, int count) =>
        answer is { Predictions: { } predictions } && predictions.Count == count
            ? [.. predictions.Select(prediction => Reading(prediction?.Scores, $"{answer.Model} {answer.Version}".Trim()))]
            : throw new ClassifierAwayException($"finbert-server answered {answer?.Predictions?.Count ?? 0} predictions for {count} texts");

    private static TextReading Reading(Scores? scores, string model) =>
        scores is { } found
        && IsProbability(found.Positive)
        && IsProbability(found.Negative)
        && IsProbability(found.Neutral)
        && model.Length > 0
            ? new TextReading(
                Math.Clamp(found.Positive - found.Negative, -1, 1),
                Math.Clamp(Math.Max(found.Neutral, Math.Max(found.Positive, found.Negative)), 0, 1),
                model
            )
            : throw new ClassifierAwayException("finbert-server answered a prediction without probabilities or model");

    // Single precision may sum up to a little more than one.
    private static bool IsProbability(double value) => value is >= -0.001 and <= 1.001;

    private static async Task<string> DetailAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            var problem = await answer.Content.ReadFromJsonAsync<Problem>(Json, ct);
            return problem?.Detail is { Length: > 0 } detail ? $": {detail}" : string.Empty;
        }
        catch (JsonException)
        {
            return string.Empty;
        }
    }

    private sealed record Question(IReadOnlyList<string> Texts);

    private sealed record Answer(
        IReadOnlyList<Prediction?>? Predictions,
        string? Model,
        [property: JsonConverter(typeof(AnyText))] string? Version
    );

    private sealed record Prediction(string? Label, Scores? Scores);

    private sealed record Scores(double Positive, double Negative, double Neutral);

    private sealed record Problem(string? Detail);

    // A version is a text or a number.
    private sealed class AnyText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var value = JsonDocument.ParseValue(ref reader);
            return value.RootElement.ToString();
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
