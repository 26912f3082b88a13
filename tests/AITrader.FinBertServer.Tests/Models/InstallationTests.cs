using System.Net;
using System.Text.Json;
using AITrader.FinBertServer.Tests.Fixtures;
using AITrader.Learning.Onnx;

namespace AITrader.FinBertServer.Tests.Models;

/// <summary>What is served of what is installed, while it is installed, damaged and removed.</summary>
public sealed class InstallationTests
{
    [Fact]
    public async Task Without_a_model_it_runs_and_says_so_plainly()
    {
        await using var service = await FinBertProcess.StartAsync(static _ => { });
        var check = await service.CheckAsync();
        Assert.Equal("degraded", check.GetProperty("status").GetString());
        Assert.StartsWith("no model finbert-tone is installed", check.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.False(check.GetProperty("data").GetProperty("can_classify").GetBoolean());

        var (response, problem) = await service.PostAsync("""{"text":"profit rose"}""");
        using (response)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        Assert.Equal("urn:aitrader:finbert-server:no-model", problem.GetProperty("type").GetString());
        Assert.Contains("no model finbert-tone is installed", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_small_model_stands_in_until_the_big_one_is_installed()
    {
        await using var service = await FinBertProcess.StartAsync(static models => new TinyBert().Install($"{models}/sentiment-small/1"));
        var check = await service.CheckAsync();
        Assert.Equal("healthy", check.GetProperty("status").GetString());
        Assert.Equal("sentiment-small version 1 is served, because finbert-tone is not", check.GetProperty("description").GetString());
        Assert.Equal("sentiment-small", (await service.PredictAsync("profit")).GetProperty("model").GetString());

        // As optimum-cli writes it: files in the model's folder itself.
        new TinyBert().Install($"{service.Models}/finbert-tone");
        await service.WaitForDescriptionAsync("finbert-tone version 0 is served");
        Assert.Equal(("finbert-tone", "0"), Names(await service.PredictAsync("profit")));
        new TinyBert().Install($"{service.Models}/finbert-tone/2");
        await service.WaitForDescriptionAsync("finbert-tone version 2 is served");
        Assert.Equal(("finbert-tone", "2"), Names(await service.PredictAsync("profit")));

        Directory.Delete($"{service.Models}/finbert-tone", recursive: true);
        await service.WaitForDescriptionAsync("sentiment-small version 1 is served");
        Assert.Equal(("sentiment-small", "1"), Names(await service.PredictAsync("profit")));
        Directory.Delete($"{service.Models}/sentiment-small", recursive: true);
        await service.WaitForDescriptionAsync("no model finbert-tone is installed");
    }

    [Fact]
    public async Task A_newer_version_waits_for_its_promotion_where_one_was_promoted()
    {
        await using var service = await FinBertProcess.StartAsync(static models =>
        {
            new TinyBert().Install($"{models}/sentiment-small/1");
            new TinyBert().Install($"{models}/sentiment-small/2");
            File.WriteAllText($"{models}/sentiment-small/model.json", """{ "labels": { "stable": 1 } }""");
        });
        Assert.Equal(("sentiment-small", "1"), Names(await service.PredictAsync("profit")));

        await File.WriteAllTextAsync(
            $"{service.Models}/sentiment-small/labels.json",
            """{ "labels": { "stable": 2 } }""",
            TestContext.Current.CancellationToken
        );
        await service.WaitForDescriptionAsync("sentiment-small version 2 is served");
        Assert.Equal(("sentiment-small", "2"), Names(await service.PredictAsync("profit")));
    }

    [Fact]
    public async Task A_broken_new_version_costs_nothing_and_is_told()
    {
        await using var service = await FinBertProcess.StartAsync(static models => new TinyBert().Install($"{models}/finbert-tone/1"));
        Directory.CreateDirectory($"{service.Models}/finbert-tone/2");
        await service.WaitForDescriptionAsync("version 2 cannot be served: model.onnx is missing");
        await File.WriteAllTextAsync($"{service.Models}/finbert-tone/2/model.onnx", "half a mod", TestContext.Current.CancellationToken);
        await service.WaitForDescriptionAsync("version 2 cannot be served: vocab.txt is missing");
        Assert.Equal(("finbert-tone", "1"), Names(await service.PredictAsync("profit")));

        // Its own files damaged: what was read from them serves on.
        await File.WriteAllTextAsync($"{service.Models}/finbert-tone/1/config.json", "{", TestContext.Current.CancellationToken);
        var check = await service.WaitForDescriptionAsync("version 1 cannot be served: config.json is damaged");
        Assert.Equal("degraded", check.GetProperty("status").GetString());
        Assert.True(check.GetProperty("data").GetProperty("can_classify").GetBoolean());
        Assert.Equal(("finbert-tone", "1"), Names(await service.PredictAsync("profit")));

        new TinyBert().Install($"{service.Models}/finbert-tone/2");
        var repaired = await service.WaitForDescriptionAsync("version 2 is served");
        Assert.Equal("healthy", repaired.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Requests_never_fail_while_versions_change()
    {
        await using var service = await FinBertProcess.StartAsync(static models => new TinyBert().Install($"{models}/finbert-tone/1"));
        using var stop = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 4).Select(_ => CallAsync(service, stop.Token)).ToArray();
        for (var version = 2; version <= 6; version++)
        {
            new TinyBert().Install($"{service.Models}/finbert-tone/{version}");
            await service.WaitForDescriptionAsync($"finbert-tone version {version} is served");
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(calls), static count => Assert.True(count > 0));
    }

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task What_cannot_be_served_is_refused_with_a_reason(string reason, Action<string> install)
    {
        await using var service = await FinBertProcess.StartAsync(models =>
        {
            new TinyBert().Install($"{models}/finbert-tone/1");
            install($"{models}/finbert-tone/1");
        });
        var check = await service.CheckAsync();
        Assert.Contains(reason, check.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.False(check.GetProperty("data").GetProperty("can_classify").GetBoolean());
    }

    public static TheoryData<string, Action<string>> Unfit() =>
        new()
        {
            { "model.onnx is missing", static folder => File.Delete($"{folder}/model.onnx") },
            { "config.json is missing", static folder => File.Delete($"{folder}/config.json") },
            { "Protobuf parsing failed", static folder => File.WriteAllText($"{folder}/model.onnx", "version https://git-lfs") },
            { "no line [CLS]", static folder => File.WriteAllLines($"{folder}/vocab.txt", ["[PAD]", "[UNK]", "up"]) },
            { "knows 10: they are not of one", static folder => File.AppendAllLines($"{folder}/vocab.txt", ["more"]) },
            { "has no id2label", static folder => File.WriteAllText($"{folder}/config.json", "{}") },
            { "not an object", static folder => File.WriteAllText($"{folder}/config.json", "[]") },
            {
                "name positive, negative and neutral",
                static folder => Configure(folder, new() { Labels = ["LABEL_0", "LABEL_1", "LABEL_2"] })
            },
            { "name positive, negative and neutral", static folder => Configure(folder, new() { Labels = ["Positive", "Negative"] }) },
            {
                "name positive, negative and neutral",
                static folder => Configure(folder, new() { Labels = ["positive", "neutral", "Neutral"] })
            },
            { "for regression", static folder => File.WriteAllText($"{folder}/config.json", """{"problem_type":"regression"}""") },
            { "only uncased", static folder => File.WriteAllText($"{folder}/tokenizer_config.json", """{"do_lower_case":false}""") },
            { "has to give logits FP32 [-1, 3]", static folder => Write(folder, new() { Output = "last_hidden_state" }) },
            { "has to give logits FP32 [-1, 3]", static folder => Write(folder, new() { Width = 2 }) },
            { "an input 'pixel_values'", static folder => Write(folder, new() { Ids = "pixel_values" }) },
            { "is INT32 [-1, -1]", static folder => Write(folder, new() { IdType = OnnxElementType.I32 }) },
            { "too few for a text", static folder => Write(folder, new() { Length = 3 }) },
            { "what is no number", static folder => Write(folder, new() { Strength = float.NaN }) },
        };

    private static void Configure(string folder, TinyBert model) => File.WriteAllText($"{folder}/config.json", model.Configuration);

    private static void Write(string folder, TinyBert model) => File.WriteAllBytes($"{folder}/model.onnx", model.Graph());

    private static (string?, string?) Names(JsonElement answer) =>
        (answer.GetProperty("model").GetString(), answer.GetProperty("version").GetString());

    private static async Task<int> CallAsync(FinBertProcess service, CancellationToken stop)
    {
        var count = 0;
        while (!stop.IsCancellationRequested)
        {
            Assert.Equal("positive", (await service.PredictAsync("profit")).GetProperty("predictions")[0].GetProperty("label").GetString());
            count++;
        }

        return count;
    }
}
