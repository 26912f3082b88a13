using System.Net;
using AITrader.Inference.Tests.Hosting;
using AITrader.Inference.Tests.Rpc;
using AITrader.Learning.Onnx;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.Inference.Tests.Repository;

/// <summary>Models that are the weighted mean of others.</summary>
public sealed class EnsembleTests : IDisposable
{
    private const string Mix = """{"ensemble":{"members":[{"model":"one","weight":3},{"model":"two"}]}}""";
    private const string Request = """{"inputs":[{"name":"x","shape":[2],"datatype":"FP32","data":[8,16]}]}""";

    // y = 1/x and y = x, so that the mean shows both.
    private readonly ModelFiles _files = new ModelFiles()
        .Add("one", 1, SampleModels.Reciprocal())
        .Add("two", 1, SampleModels.Identity(OnnxElementType.Fp32))
        .Configure("mix", Mix);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Answer_is_the_weighted_mean_and_names_the_versions_it_is_made_of()
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        var body = await runner.InferAsync("mix", Request);

        Assert.Equal(
            [((0.75 / 8) + (0.25 * 8)), (0.75 / 16) + (0.25 * 16)],
            body.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(static value => value.GetDouble())
        );
        Assert.Equal("one/1 0.75, two/1 0.25", body.GetProperty("parameters").GetProperty("members").GetString());
        Assert.Equal("CPU", body.GetProperty("parameters").GetProperty("provider").GetString());
        var answer = await runner.Grpc.ModelInferAsync(
            RpcTensors.Raw("mix", "x", "FP32", [1], BitConverter.GetBytes(8f)),
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal("one/1 0.75, two/1 0.25", answer.Parameters["members"].StringParam);
        Assert.Equal([(0.75f / 8) + 2], RpcTensors.Floats(answer.RawOutputContents[0]));
        Assert.Equal(HttpStatusCode.OK, (await runner.GetAsync("/v2/models/mix/ready")).Status);
        Assert.Equal(2, runner.Models.Find("mix", null).Statistics.Read().Success.Count);
        Assert.Equal(2, runner.Models.Find("one", null).Statistics.Read().Success.Count);
    }

    // SeldonIO/seldon-core issue 5188: what one model refused with a reason broke the connection where the model was part of another.
    [Theory]
    [InlineData("""{"name":"x","shape":[3],"datatype":"FP32","data":[8,16]}""", "data does not fill shape [3]")]
    [InlineData("""{"name":"x","shape":[1,2],"datatype":"FP32","data":[8,16]}""", "has shape [-1] (-1: any size), not [1, 2]")]
    [InlineData("""{"name":"x","shape":[2],"datatype":"INT64","data":[8,16]}""", "input 'x' is FP32, not INT64")]
    public async Task Bad_input_is_refused_as_by_a_single_model(string input, string reason)
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        var (status, body) = await runner.PostAsync("/v2/models/mix/infer", $$"""{"inputs":[{{input}}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Member_that_is_loaded_anew_answers_anew()
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        _files.Add("one", 2, SampleModels.Identity(OnnxElementType.Fp32));
        await runner.RefreshAsync();

        var body = await runner.InferAsync("mix", Request);
        Assert.Equal("one/2 0.75, two/1 0.25", body.GetProperty("parameters").GetProperty("members").GetString());
        Assert.Equal(8, body.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble());
    }

    [Fact]
    public async Task Member_that_is_missing_is_a_clear_refusal_and_its_return_is_noticed()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));
        await runner.Models.UnloadAsync("two", TestContext.Current.CancellationToken);

        var (status, body) = await runner.PostAsync("/v2/models/mix/infer", Request);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("ensemble 'mix': member 'two': model 'two' is unloaded", body.GetProperty("error").GetString());
        await runner.RefreshAsync();
        Assert.Equal("member 'two': model 'two' is unloaded", runner.Models.FindEntry("mix").Problem);
        Assert.Equal(HealthStatus.Degraded, (await runner.HealthAsync()).Entries["models"].Status);

        await runner.Models.LoadAsync("two", TestContext.Current.CancellationToken);
        await runner.RefreshAsync();
        Assert.Null(runner.Models.FindEntry("mix").Problem);
        await runner.InferAsync("mix", Request);
    }

    [Theory]
    [InlineData("""[{"model":"one"},{"model":"missing"}]""", "member 'missing': there is no model 'missing'")]
    [InlineData("""[{"model":"one"},{"model":"one","version":"9"}]""", "has no version '9'")]
    [InlineData("""[{"model":"one"}]""", "two members at least")]
    [InlineData("""[{"model":"one"},{"weight":1}]""", "two members at least")]
    [InlineData("""[{"model":"one"},{"model":"two","weight":0}]""", "must be above zero")]
    [InlineData("""[{"model":"one"},{"model":"two","weight":-1}]""", "must be above zero")]
    [InlineData(
        """[{"model":"one"},{"model":"whole"}]""",
        "the members do not fit together: 'one' has x FP32 [-1] -> y FP32 [-1] and 'whole' has x INT64"
    )]
    [InlineData("""[{"model":"whole"},{"model":"whole"}]""", "only FP32 and FP64 can be averaged")]
    [InlineData("""[{"model":"one"},{"model":"mix"}]""", "is an ensemble")]
    public async Task Ensemble_that_cannot_be_is_not_served_and_says_why(string members, string reason)
    {
        _files
            .Add("whole", 1, SampleModels.Identity(OnnxElementType.I64))
            .Configure("other", $$"""{"ensemble":{"members":{{members}} } }""");
        await using var runner = await RunnerHost.StartAsync(_files);

        // While the first look over the repository lasts, a member may still be to come; the next one knows.
        await runner.RefreshAsync();

        Assert.Contains(reason, runner.Models.FindEntry("other").Problem);
        var (status, body) = await runner.PostAsync("/v2/models/other/infer", Request);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains(reason, body.GetProperty("error").GetString());
        await runner.InferAsync("mix", Request);
    }

    [Theory]
    [InlineData("""{"ensemble":{"members":[{"model":"one"},{"model":"two"}]},"batching":{}}""")]
    [InlineData("""{"ensemble":{"members":[{"model":"one"},{"model":"two"}]},"response_cache":{}}""")]
    public async Task Ensemble_has_nothing_of_its_own_but_weights(string configuration)
    {
        _files.Configure("other", configuration);
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.Contains("of its own", runner.Models.FindEntry("other").Problem);
    }

    [Fact]
    public async Task Ensemble_takes_no_labels()
    {
        await using var runner = await RunnerHost.StartAsync(_files, ("Inference:AllowControl", "true"));

        var (status, body) = await runner.PostAsync("/v2/repository/models/mix/labels", """{"labels":{"stable":1}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("labels are its members'", body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Ensemble_among_version_folders_is_refused()
    {
        _files.Add("mix", 1, SampleModels.Reciprocal());
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.Contains("no versions of its own", runner.Models.FindEntry("mix").Problem);
    }
}
