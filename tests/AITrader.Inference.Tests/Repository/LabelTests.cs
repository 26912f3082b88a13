using System.Net;
using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using AITrader.Inference.Rpc.Messages;
using AITrader.Inference.Tests.Hosting;
using AITrader.Inference.Tests.Rpc;
using AITrader.Registry.Shelves;

namespace AITrader.Inference.Tests.Repository;

/// <summary>Labels of versions, the split of traffic between them, and their moves while requests run.</summary>
public sealed class LabelTests : IDisposable
{
    private const string Request = """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[4]}]}""";
    private const string Labels = "/v2/repository/models/persistence/labels";

    private readonly ModelFiles _files = new ModelFiles()
        .AddPersistence(1)
        .AddPersistence(2)
        .AddPersistence(3)
        .Configure(
            "persistence",
            """{"version_policy":{"all":true},"labels":{"stable":1,"canary":2},"traffic":{"stable":80,"canary":20}}"""
        );

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Instruments_are_split_by_the_shares_and_stay_where_they_are()
    {
        var twenty = Split(("stable", 80), ("canary", 20));
        var symbols = Enumerable.Range(0, 10_000).Select(static i => $"SYM{i}").ToArray();

        var canary = symbols.Where(symbol => twenty.VersionFor("persistence", symbol) == 2).ToArray();

        Assert.InRange(canary.Length, 1800, 2200);
        Assert.Equal(canary, symbols.Where(symbol => twenty.VersionFor("persistence", symbol) == 2));
        var thirty = Split(("stable", 70), ("canary", 30));
        Assert.All(canary, symbol => Assert.Equal(2, thirty.VersionFor("persistence", symbol)));
        Assert.InRange(symbols.Count(symbol => thirty.VersionFor("persistence", symbol) == 2), 2750, 3250);

        // Another model's canary serves other instruments.
        Assert.NotEqual(canary, symbols.Where(symbol => twenty.VersionFor("nbeats", symbol) == 2));
        Assert.All(symbols, symbol => Assert.Equal(2, Split(("stable", 0), ("canary", 100)).VersionFor("persistence", symbol)));
    }

    [Theory]
    [InlineData("stable", 90.0, "canary", 5.0, "add up to 100")]
    [InlineData("stable", 110.0, "canary", -10.0, "add up to 100")]
    [InlineData("stable", double.NaN, "canary", 50.0, "add up to 100")]
    [InlineData("stable", 50.0, "blue", 50.0, "label 'blue', which does not exist")]
    public void Split_that_cannot_be_is_refused(string one, double share, string other, double rest, string reason)
    {
        var failure = Assert.Throws<ModelLoadException>(() => Split((one, share), (other, rest)).Check([1, 2]));

        Assert.Contains(reason, failure.Message);
    }

    [Fact]
    public async Task Instrument_gets_its_version_in_every_form_of_the_protocol()
    {
        await using var runner = await RunnerHost.StartAsync(_files);
        var labels = runner.Models.FindEntry("persistence").Labels;
        var symbols = Enumerable.Range(0, 40).Select(static i => $"NSE:{i}").ToArray();
        Assert.Contains(symbols, symbol => labels.VersionFor("persistence", symbol) == 2);

        foreach (var symbol in symbols)
        {
            var expected = $"{labels.VersionFor("persistence", symbol)}";
            var body = await runner.InferAsync("persistence", $$"""{"parameters":{"symbol":"{{symbol}}"},{{Request[1..]}}""");
            Assert.Equal(expected, body.GetProperty("model_version").GetString());
            Assert.Equal(expected, await ByHeaderAsync(runner, "/v2/models/persistence/infer", Request, symbol));
            Assert.Equal(expected, await ByHeaderAsync(runner, "/predict/persistence", """{"prices":[4]}""", symbol));
            var request = RpcTensors.Raw("persistence", "prices", 4);
            request.Parameters["symbol"] = new InferParameter { StringParam = symbol };
            var answer = await runner.Grpc.ModelInferAsync(request, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(expected, answer.ModelVersion);
        }

        // Without an instrument, and where a version is named, nothing is split.
        Assert.Equal("1", (await runner.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
        var (_, named) = await runner.PostAsync(
            "/v2/models/persistence/versions/3/infer",
            $$"""{"parameters":{"symbol":"NSE:1"},{{Request[1..]}}"""
        );
        Assert.Equal("3", named.GetProperty("model_version").GetString());
    }

    [Fact]
    public async Task Label_moves_and_moves_back_without_loading_anything()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));
        var loaded = runner.Models.Find("persistence", "3");

        var (status, moved) = await runner.PostAsync(Labels, """{"labels":{"stable":3}}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"canary":2,"stable":3}""", moved.GetProperty("labels").GetRawText());
        Assert.Equal("3", (await runner.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
        await runner.RefreshAsync();
        Assert.Same(loaded, runner.Models.Find("persistence", "stable"));

        await runner.PostAsync(Labels, """{"labels":{"stable":1,"canary":null},"traffic":{}}""");
        Assert.Equal("1", (await runner.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
        var (_, now) = await runner.GetAsync(Labels);
        Assert.Equal("""{"name":"persistence","labels":{"stable":1},"traffic":{}}""", now.GetRawText());
        Assert.Same(loaded, runner.Models.Find("persistence", "3"));
    }

    [Fact]
    public async Task Moved_label_survives_a_restart_and_reaches_other_runners()
    {
        await using var other = await RunnerHost.StartAsync(_files);
        var kept = other.Models.Find("persistence", "2");
        await using (var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true")))
        {
            await runner.PostAsync(Labels, """{"labels":{"stable":2}}""");
        }

        await other.RefreshAsync();
        Assert.Equal("2", (await other.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
        Assert.Same(kept, other.Models.Find("persistence", "stable"));
        await using var again = await RunnerHost.StartAsync(_files);
        Assert.Equal("2", (await again.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
    }

    [Fact]
    public async Task Promotion_from_outside_counts_also_after_a_label_moved_here()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));
        var loaded = runner.Models.Find("persistence", "3");
        await runner.PostAsync(Labels, """{"labels":{"stable":2}}""");
        var shelf = new ModelShelf(_files.Root);
        Assert.Equal(2, shelf.LabelsOf("persistence")["stable"]);

        shelf.Label("persistence", 3, "stable");
        await runner.RefreshAsync();

        Assert.Equal("3", (await runner.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
        Assert.Same(loaded, runner.Models.Find("persistence", "stable"));
        var (_, now) = await runner.GetAsync(Labels);
        Assert.Equal("""{"canary":20,"stable":80}""", now.GetProperty("traffic").GetRawText());
    }

    // tensorflow/serving issues 1230 and 1608: a label for a version that is not there took the server down.
    [Theory]
    [InlineData("""{"labels":{"canary":7}}""", "label 'canary' names version 7, which is not served")]
    [InlineData("""{"labels":{"canary":null}}""", "traffic names label 'canary', which does not exist")]
    [InlineData("""{"traffic":{"stable":99}}""", "add up to 100")]
    [InlineData("""{"labels":{"7":1}}""", "'7' cannot be a label")]
    [InlineData("""{"labels":{"stable":"two"}}""", "the body must be like")]
    [InlineData("""{"label":{"stable":2}}""", "the body must be like")]
    [InlineData("{}", "the body must have 'labels' or 'traffic'")]
    [InlineData("", "the body must be like")]
    public async Task Move_that_cannot_be_changes_nothing(string change, string reason)
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));

        var (status, body) = await runner.PostAsync(Labels, change);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, body.GetProperty("error").GetString());
        var (_, now) = await runner.GetAsync(Labels);
        Assert.Equal("""{"canary":2,"stable":1}""", now.GetProperty("labels").GetRawText());
        Assert.False(File.Exists(Path.Combine(_files.Root, "persistence", "labels.json")));
    }

    [Fact]
    public async Task Label_is_not_moved_where_control_is_not_allowed()
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.Equal(HttpStatusCode.NotImplemented, (await runner.PostAsync(Labels, """{"labels":{"stable":2}}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await runner.GetAsync("/v2/repository/models/missing/labels")).Status);
    }

    [Fact]
    public async Task Broken_label_file_leaves_the_labels_as_they_were()
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        File.WriteAllText(Path.Combine(_files.Root, "persistence", "labels.json"), """{"labels":{"stable":9}}""");
        await runner.RefreshAsync();

        Assert.Contains("names version 9", runner.Models.FindEntry("persistence").Problem);
        Assert.Equal("1", (await runner.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
    }

    [Theory]
    [InlineData("""{"symbol":7}""")]
    [InlineData("""{"symbol":""}""")]
    [InlineData("""{"priority":4}""")]
    [InlineData("""{"priority":-1}""")]
    [InlineData("""{"timeout":-5}""")]
    [InlineData("""{"timeout":"soon"}""")]
    public async Task Terms_that_make_no_sense_are_400(string parameters)
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        var (status, body) = await runner.PostAsync("/v2/models/persistence/infer", $$"""{"parameters":{{parameters}},{{Request[1..]}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEmpty(body.GetProperty("error").GetString()!);
    }

    private static VersionLabels Split(params (string Label, double Share)[] shares) =>
        new(
            new Dictionary<string, int> { ["stable"] = 1, ["canary"] = 2 },
            shares.ToDictionary(static pair => pair.Label, static pair => pair.Share)
        );

    private static async Task<string> ByHeaderAsync(RunnerHost runner, string path, string json, string symbol)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json) };
        message.Headers.Add("Inference-Symbol", symbol);
        using var response = await runner.Http.SendAsync(message, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Assert.Single(response.Headers.GetValues("Inference-Model-Version"));
    }
}
