using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.FinBertServer.Tests.Fixtures;

namespace AITrader.FinBertServer.Tests.Prediction;

/// <summary>The service with the tiny model, whose answers can be worked out by hand.</summary>
public sealed class TinyBertService : IAsyncLifetime
{
    internal FinBertProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Process = await FinBertProcess.StartAsync(static models => new TinyBert().Install($"{models}/finbert-tone/1"));

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}

public sealed class PredictTests(TinyBertService service) : IClassFixture<TinyBertService>
{
    private FinBertProcess Service => service.Process;

    [Fact]
    public async Task One_text_has_one_answer_with_its_provenance()
    {
        var (response, body) = await Service.PostAsync("""{"text":"Profits ROSE!"}""");
        using (response)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("finbert-tone", response.Headers.GetValues("Inference-Model").Single());
            Assert.Equal("1", response.Headers.GetValues("Inference-Model-Version").Single());
            Assert.Equal("CPU", response.Headers.GetValues("Inference-Provider").Single());
        }

        Assert.Equal(["predictions", "model", "version"], body.EnumerateObject().Select(static member => member.Name));
        var prediction = body.GetProperty("predictions").EnumerateArray().Single();
        Assert.Equal(["label", "scores", "windows", "truncated"], prediction.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(("positive", 1, false), Outline(prediction));

        // Of the pieces [CLS] profit ##s rose ! [SEP] two say 8 for positive: e to the power of 16/6 against twice e to that of 0.
        var positive = Math.Exp(16.0 / 6) / (Math.Exp(16.0 / 6) + 2);
        Assert.Equal(positive, Score(prediction, "positive"), 5);
        Assert.Equal((1 - positive) / 2, Score(prediction, "negative"), 5);
        Assert.Equal(1, Score(prediction, "positive") + Score(prediction, "negative") + Score(prediction, "neutral"), 6);
    }

    [Fact]
    public async Task Texts_together_get_the_answers_that_each_gets_alone()
    {
        string[] texts =
        [
            "profit",
            "loss loss loss the",
            "",
            "the the",
            "profit loss the rose fell profit loss the rose fell rose rose rose",
            "🚀",
            string.Join(' ', Enumerable.Repeat("fell profit", 40)),
        ];
        var together = (await Service.PredictAsync(texts)).GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(texts.Length, together.Length);
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = (await Service.PredictAsync(texts[i])).GetProperty("predictions")[0];
            Assert.Equal(Outline(alone), Outline(together[i]));
            foreach (var label in new[] { "positive", "negative", "neutral" })
            {
                Assert.Equal(Score(alone, label), Score(together[i], label), 5);
            }
        }
    }

    // A window has 12 pieces with [CLS] and [SEP], and 3 in common with the one before: 10 of the text, then 7 more with each.
    [Theory]
    [InlineData(10, 1, false)]
    [InlineData(11, 2, false)]
    [InlineData(17, 2, false)]
    [InlineData(115, 16, false)]
    [InlineData(116, 16, true)]
    [InlineData(100_000, 16, true)]
    public async Task Long_texts_are_read_in_windows_up_to_a_limit_that_is_told(int words, int windows, bool isTruncated)
    {
        var answer = await Service.PredictAsync(string.Join(' ', Enumerable.Repeat("loss", words)));
        Assert.Equal(("negative", windows, isTruncated), Outline(answer.GetProperty("predictions")[0]));
    }

    [Fact]
    public async Task Windows_count_by_their_words()
    {
        // Ten times profit, then a window of the last three and one more: 10 words say one thing, 4 another.
        var text = string.Join(' ', [.. Enumerable.Repeat("profit", 7), "the", "the", "the", "loss"]);
        var prediction = (await Service.PredictAsync(text)).GetProperty("predictions")[0];
        var first = Shares(positive: 8.0 * 7 / 12, negative: 0, neutral: 8.0 * 3 / 12);
        var second = Shares(positive: 0, negative: 8.0 / 6, neutral: 8.0 * 3 / 6);
        Assert.Equal(((first[0] * 10) + (second[0] * 4)) / 14, Score(prediction, "positive"), 5);
        Assert.Equal(((first[1] * 10) + (second[1] * 4)) / 14, Score(prediction, "negative"), 5);
        Assert.Equal(((first[2] * 10) + (second[2] * 4)) / 14, Score(prediction, "neutral"), 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t")]
    [InlineData("\u200B\u200D\uFEFF")]
    [InlineData("\u0001\u0002")]
    [InlineData("中文 日本語 한국어")]
    [InlineData("🚀🚀🚀 👨‍👩‍👧")]
    [InlineData("[SEP][CLS][PAD]")]
    public async Task Odd_texts_have_an_answer_whose_scores_add_up(string text)
    {
        var prediction = (await Service.PredictAsync(text)).GetProperty("predictions")[0];
        Assert.Equal(1, Score(prediction, "positive") + Score(prediction, "negative") + Score(prediction, "neutral"), 6);
        Assert.Equal("neutral", prediction.GetProperty("label").GetString());
    }

    [Theory]
    [InlineData("""{}""", "text-or-texts")]
    [InlineData("""{"text":null}""", "text-or-texts")]
    [InlineData("""{"text":"a","texts":["b"]}""", "text-or-texts")]
    [InlineData("""{"texts":[]}""", "text-count")]
    [InlineData("""{"texts":["a",null]}""", "text-missing")]
    [InlineData("""{"texts":"a"}""", "malformed-body")]
    [InlineData("""{"texts":[1]}""", "malformed-body")]
    [InlineData("""{"text":"a","language":"en"}""", "malformed-body")]
    [InlineData("""{"text":"\ud83d"}""", "malformed-body")]
    [InlineData("""{"text":""", "malformed-body")]
    [InlineData("profit rose", "malformed-body")]
    public async Task A_request_that_makes_no_sense_is_refused_with_a_reason(string body, string reason)
    {
        var (response, problem) = await Service.PostAsync(body);
        using (response)
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }

        Assert.Equal($"urn:aitrader:finbert-server:{reason}", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task More_texts_than_are_taken_at_once_are_refused()
    {
        Assert.Equal(64, (await Service.PredictAsync([.. Enumerable.Repeat("profit", 64)])).GetProperty("predictions").GetArrayLength());
        var (response, problem) = await Service.PostAsync(JsonSerializer.Serialize(new { texts = Enumerable.Repeat("profit", 65) }));
        using (response)
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Contains("not 65", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_megabyte_is_answered_and_more_is_refused()
    {
        var answer = await Service.PredictAsync(new string('a', 1_000_000));
        Assert.Equal(("neutral", 1, false), Outline(answer.GetProperty("predictions")[0]));
        var (response, _) = await Service.PostAsync(JsonSerializer.Serialize(new { text = new string('a', 2_000_000) }));
        using (response)
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
    }

    [Fact]
    public async Task Nobody_is_answered_without_a_token()
    {
        using var response = await Service.Stranger.PostAsJsonAsync("/predict", new { text = "up" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Callers_at_once_are_all_answered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Service.PredictAsync(i % 2 == 0 ? "profit" : "loss", "the")));
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.Equal(i % 2 == 0 ? "positive" : "negative", answers[i].GetProperty("predictions")[0].GetProperty("label").GetString());
        }
    }

    private static (string? Label, int Windows, bool IsTruncated) Outline(JsonElement prediction) =>
        (
            prediction.GetProperty("label").GetString(),
            prediction.GetProperty("windows").GetInt32(),
            prediction.GetProperty("truncated").GetBoolean()
        );

    private static double Score(JsonElement prediction, string label) => prediction.GetProperty("scores").GetProperty(label).GetDouble();

    private static double[] Shares(double positive, double negative, double neutral)
    {
        var powers = new[] { Math.Exp(positive), Math.Exp(negative), Math.Exp(neutral) };
        return [.. powers.Select(power => power / powers.Sum())];
    }
}
