using System.Net;

namespace AITrader.Inference.Tests.Protocol;

public sealed class ServerTests(ProtocolHost host) : IClassFixture<ProtocolHost>
{
    [Theory]
    [InlineData("/v2")]
    [InlineData("/v2/")]
    public async Task Server_metadata_names_what_is_there(string path)
    {
        var (status, body) = await host.Runner.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEmpty(body.GetProperty("name").GetString()!);
        Assert.NotEmpty(body.GetProperty("version").GetString()!);
        Assert.Contains("binary_tensor_data", body.GetProperty("extensions").EnumerateArray().Select(static name => name.GetString()));
    }

    [Theory]
    [InlineData("/v2/health/live")]
    [InlineData("/v2/health/ready")]
    [InlineData("/v2/models/persistence/ready")]
    [InlineData("/v2/models/persistence/versions/2/ready")]
    [InlineData("/v2/models/my%20model/ready")]
    public async Task Healthy_server_says_so(string path) => Assert.Equal(HttpStatusCode.OK, (await host.Runner.GetAsync(path)).Status);

    [Fact]
    public async Task Model_metadata_has_versions_and_tensors()
    {
        var (_, body) = await host.Runner.GetAsync("/v2/models/persistence/versions/2");

        Assert.Equal(
            """{"name":"persistence","versions":["1","2"],"platform":"onnxruntime_onnx","inputs":[{"name":"prices","datatype":"FP32","shape":[-1,-1]}],"outputs":[{"name":"forecast","datatype":"FP32","shape":[-1,2]}]}""",
            body.GetRawText()
        );
    }

    [Fact]
    public async Task Configuration_is_what_model_json_says()
    {
        var (_, body) = await host.Runner.GetAsync("/v2/models/persistence/config");

        Assert.Equal(2, body.GetProperty("configuration").GetProperty("labels").GetProperty("canary").GetInt32());
    }

    [Fact]
    public async Task Index_lists_every_version()
    {
        var (status, body) = await host.Runner.PostAsync("/v2/repository/index", """{"ready":true}""");

        Assert.Equal(HttpStatusCode.OK, status);
        var entries = body.EnumerateArray().Where(static entry => entry.GetProperty("name").GetString() == "persistence").ToArray();
        Assert.Equal(["1", "2"], entries.Select(static entry => entry.GetProperty("version").GetString()));
        Assert.All(entries, static entry => Assert.Equal("READY", entry.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Statistics_count_what_was_asked()
    {
        var before = await CountAsync();
        await host.Runner.InferAsync("my%20model", """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[1]}]}""");
        await host.Runner.PostAsync("/v2/models/my%20model/infer", """{"inputs":[]}""");
        var after = await CountAsync();

        Assert.Equal((before.Success + 1, before.Fail + 1), after);
    }

    [Theory]
    [InlineData("/v2/models/missing")]
    [InlineData("/v2/models/missing/ready")]
    [InlineData("/v2/models/missing/stats")]
    [InlineData("/v2/models/persistence/versions/9")]
    [InlineData("/v2/nothing")]
    [InlineData("/v2/models/persistence/infer")]
    public async Task What_is_not_there_is_404_with_an_error(string path)
    {
        var (status, body) = await host.Runner.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.NotEmpty(body.GetProperty("error").GetString()!);
    }

    [Theory]
    [InlineData("/v2/systemsharedmemory/status")]
    [InlineData("/v2/cudasharedmemory/region/x/status")]
    [InlineData("/v2/trace/setting")]
    [InlineData("/v2/logging")]
    [InlineData("/v2/models/persistence/trace/setting")]
    [InlineData("/v2/repository/models/persistence/load")]
    public async Task Extension_that_is_not_there_is_501(string path)
    {
        var (status, body) = await host.Runner.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.Contains("not supported", body.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("""{"prices":[[1,2,3],[4,5,6]]}""", "[[3,3],[6,6]]")]
    [InlineData("""{"prices":[1,2,3]}""", "[[3,3]]")]
    public async Task Simple_call_takes_rows_or_one_row(string request, string forecast)
    {
        var (status, body) = await host.Runner.PostAsync("/predict/persistence?version=2", request);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(forecast, body.GetProperty("forecast").GetRawText());
        Assert.Equal("2", body.GetProperty("provenance").GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("/predict/missing", "{}", 404, "not-found")]
    [InlineData("/predict/persistence", "{}", 400, "bad-request")]
    [InlineData("/predict/persistence", "[]", 400, "bad-request")]
    [InlineData("/predict/persistence", "{", 400, "bad-request")]
    [InlineData("/predict/persistence", """{"volume":[1]}""", 400, "bad-request")]
    [InlineData("/predict/persistence", """{"prices":[[1,2],[3]]}""", 400, "bad-request")]
    [InlineData("/predict/persistence", """{"prices":["x"]}""", 400, "bad-request")]
    public async Task Simple_call_refuses_with_a_problem(string path, string request, int expected, string reason)
    {
        var (status, body) = await host.Runner.PostAsync(path, request);

        Assert.Equal(expected, (int)status);
        Assert.Equal($"urn:aitrader:inference:{reason}", body.GetProperty("type").GetString());
        Assert.NotEmpty(body.GetProperty("detail").GetString()!);
    }

    private async Task<(long Success, long Fail)> CountAsync()
    {
        var (_, body) = await host.Runner.GetAsync("/v2/models/my%20model/stats");
        var stats = Assert.Single(body.GetProperty("model_stats").EnumerateArray()).GetProperty("inference_stats");
        return (stats.GetProperty("success").GetProperty("count").GetInt64(), stats.GetProperty("fail").GetProperty("count").GetInt64());
    }
}
