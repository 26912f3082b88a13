using System.Net;
using System.Text;
using System.Text.Json;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Tests.Protocol;

public sealed class InferTests(ProtocolHost host) : IClassFixture<ProtocolHost>
{
    private const string Persistence = "/v2/models/persistence/infer";

    [Theory]
    [InlineData("[1, 2, 3, 4, 5, 6]")]
    [InlineData("[[1, 2, 3], [4, 5, 6]]")]
    public async Task Data_is_taken_flat_or_nested(string data)
    {
        var body = await host.Runner.InferAsync(
            "persistence",
            $$"""{"inputs":[{"name":"prices","shape":[2,3],"datatype":"FP32","data":{{data}}}]}"""
        );

        var output = Assert.Single(body.GetProperty("outputs").EnumerateArray());
        Assert.Equal("forecast", output.GetProperty("name").GetString());
        Assert.Equal("FP32", output.GetProperty("datatype").GetString());
        Assert.Equal([2, 8], Numbers(output.GetProperty("shape")));
        Assert.Equal([3, 3, 3, 3, 3, 3, 3, 3, 6, 6, 6, 6, 6, 6, 6, 6], Numbers(output.GetProperty("data")));
    }

    // triton-inference-server/server issue 4405: nested texts were refused where nested numbers were taken.
    [Theory]
    [InlineData("""["a","b"]""")]
    [InlineData("""[["a"],["b"]]""")]
    public void Texts_are_taken_flat_or_nested(string data)
    {
        var tensor = ElementParser.Parse("x", TensorType.Bytes, [2, 1], Encoding.UTF8.GetBytes(data));

        Assert.Equal(["a"u8.ToArray(), "b"u8.ToArray()], tensor.Texts);
    }

    [Fact]
    public async Task Answer_carries_id_and_provenance()
    {
        using var response = await SendAsync("""{"id":"s-7","inputs":[{"name":"prices","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""");
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        var root = body.RootElement;
        Assert.Equal("s-7", root.GetProperty("id").GetString());
        Assert.Equal("persistence", root.GetProperty("model_name").GetString());
        Assert.Equal("1", root.GetProperty("model_version").GetString());
        var parameters = root.GetProperty("parameters");
        Assert.Equal("CPU", parameters.GetProperty("provider").GetString());
        Assert.InRange(parameters.GetProperty("queue_us").GetInt64(), 0, 60_000_000);
        Assert.InRange(parameters.GetProperty("compute_us").GetInt64(), 1, 60_000_000);
        Assert.Equal("CPU", Assert.Single(response.Headers.GetValues("Inference-Provider")));
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("Inference-Model-Version")));
        Assert.Equal(
            parameters.GetProperty("compute_us").GetInt64().ToString(),
            Assert.Single(response.Headers.GetValues("Inference-Compute-Micros"))
        );
    }

    [Theory]
    [InlineData("Truth", "BOOL", "[true,false,true]")]
    [InlineData("I8", "INT8", "[-128,0,127]")]
    [InlineData("I16", "INT16", "[-32768,1,32767]")]
    [InlineData("I32", "INT32", "[-2147483648,1,2147483647]")]
    [InlineData("I64", "INT64", "[-9223372036854775808,1,9223372036854775807]")]
    [InlineData("U8", "UINT8", "[0,1,255]")]
    [InlineData("U16", "UINT16", "[0,1,65535]")]
    [InlineData("U32", "UINT32", "[0,1,4294967295]")]
    [InlineData("U64", "UINT64", "[0,1,18446744073709551615]")]
    [InlineData("Fp16", "FP16", "[0.5,-2,65504]")]
    [InlineData("Fp32", "FP32", "[0.1,-2.5,60123.45]")]
    [InlineData("Fp64", "FP64", "[0.1,-2.5,60123.456789012]")]
    [InlineData("Text", "BYTES", "[\"a\",\"\",\"\\u00fcber\"]")]
    public async Task Every_type_comes_back_as_it_went(string model, string type, string data)
    {
        var body = await host.Runner.InferAsync(
            $"identity-{model}",
            $$"""{"inputs":[{"name":"x","shape":[3],"datatype":"{{type}}","data":{{data}}}]}"""
        );

        var output = Assert.Single(body.GetProperty("outputs").EnumerateArray());
        Assert.Equal(type, output.GetProperty("datatype").GetString());
        using var expected = JsonDocument.Parse(data);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, output.GetProperty("data")), output.GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("I8", "INT8", "[128]")]
    [InlineData("U8", "UINT8", "[-1]")]
    [InlineData("I32", "INT32", "[1.5]")]
    [InlineData("Truth", "BOOL", "[1]")]
    [InlineData("Fp32", "FP32", "[\"1\"]")]
    [InlineData("Fp32", "FP32", "[1e39]")]
    [InlineData("Fp16", "FP16", "[70000]")]
    [InlineData("Text", "BYTES", "[1]")]
    public async Task Element_that_is_not_of_the_type_is_refused(string model, string type, string data)
    {
        var (status, body) = await host.Runner.PostAsync(
            $"/v2/models/identity-{model}/infer",
            $$"""{"inputs":[{"name":"x","shape":[1],"datatype":"{{type}}","data":{{data}}}]}"""
        );

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal($"input 'x': element 0 is not a {type}", Error(body));
    }

    [Theory]
    [InlineData("", "not a valid inference request")]
    [InlineData("{", "not a valid inference request")]
    [InlineData("[]", "the body must be an object")]
    [InlineData("{} {}", "not a valid inference request")]
    [InlineData("{}", "'inputs' is missing")]
    [InlineData("""{"inputs":{}}""", "'inputs' must be an array")]
    [InlineData("""{"inputs":[1]}""", "'inputs' must hold objects")]
    [InlineData("""{"inputs":[]}""", "input 'prices' is missing")]
    [InlineData("""{"inputs":[{"shape":[1],"datatype":"FP32","data":[1]}]}""", "an input has no name")]
    [InlineData("""{"inputs":[{"name":"prices","datatype":"FP32","data":[1]}]}""", "input 'prices' has no shape")]
    [InlineData("""{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32"}]}""", "input 'prices' has no data")]
    [InlineData("""{"inputs":[{"name":"prices","shape":[1,1],"data":[1]}]}""", "input 'prices': '' is not a datatype")]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FLOAT","data":[1]}]}""",
        "input 'prices': 'FLOAT' is not a datatype"
    )]
    [InlineData("""{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP64","data":[1]}]}""", "input 'prices' is FP32, not FP64")]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[3],"datatype":"FP32","data":[1,2,3]}]}""",
        "input 'prices' has shape [-1, -1] (-1: any size), not [3]"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,3],"datatype":"FP32","data":[1,2]}]}""",
        "input 'prices': data does not fill shape [1, 3]"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[1,2]}]}""",
        "input 'prices': data does not fill shape [1, 1]"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[2,2],"datatype":"FP32","data":[[1],[2,3,4]]}]}""",
        "input 'prices': data does not fill shape [2, 2]"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,-1],"datatype":"FP32","data":[1]}]}""",
        "input 'prices': data does not fill shape [1, -1]"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[100000,100000],"datatype":"FP32","data":[1]}]}""",
        "input 'prices': data does not fill shape [100000, 100000]"
    )]
    [InlineData("""{"inputs":[{"name":"prices","shape":["a"],"datatype":"FP32","data":[1]}]}""", "not a valid inference request")]
    [InlineData("""{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":7}]}""", "input 'prices': data must be an array")]
    [InlineData(
        """{"inputs":[{"name":"volume","shape":[1,1],"datatype":"FP32","data":[1]}]}""",
        "the model has no input 'volume'; its inputs are 'prices'"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[1]},{"name":"prices","shape":[1,1],"datatype":"FP32","data":[1]}]}""",
        "input 'prices' is there twice"
    )]
    [InlineData(
        """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[1]}],"outputs":[{"name":"odds"}]}""",
        "the model has no output 'odds'; its outputs are 'forecast'"
    )]
    public async Task Bad_request_is_400_with_its_reason(string request, string reason)
    {
        var (status, body) = await host.Runner.PostAsync(Persistence, request);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, Error(body));
    }

    [Fact]
    public async Task Members_come_in_any_order_and_unknown_ones_are_passed_over()
    {
        var body = await host.Runner.InferAsync(
            "persistence",
            """
            {"later":{"x":[1]},"inputs":[{"data":[[7]],"parameters":{"unknown":{}},"datatype":"FP32","extra":[],"shape":[1,1],"name":"prices"}],"parameters":{}}
            """
        );

        Assert.Equal(7, body.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble());
    }

    [Fact]
    public async Task Only_asked_outputs_come_in_the_order_of_asking()
    {
        const string inputs = """
            "inputs":[{"name":"b","shape":[1,2],"datatype":"FP32","data":[1,2]},{"name":"a","shape":[1,2],"datatype":"FP32","data":[10,20]}]
            """;

        var all = await host.Runner.InferAsync("sums", $$"""{{{inputs}}}""");
        var one = await host.Runner.InferAsync("sums", $$"""{{{inputs}},"outputs":[{"name":"difference"}]}""");

        Assert.Equal(
            ["sum", "difference"],
            all.GetProperty("outputs").EnumerateArray().Select(static output => output.GetProperty("name").GetString())
        );
        Assert.Equal([9, 18], Numbers(Assert.Single(one.GetProperty("outputs").EnumerateArray()).GetProperty("data")));
    }

    [Fact]
    public async Task Output_size_that_only_the_run_knows_is_answered()
    {
        var two = await host.Runner.InferAsync("nonzero", """{"inputs":[{"name":"x","shape":[4],"datatype":"FP32","data":[0,5,0,7]}]}""");
        var none = await host.Runner.InferAsync("nonzero", """{"inputs":[{"name":"x","shape":[4],"datatype":"FP32","data":[0,0,0,0]}]}""");

        Assert.Equal([1, 3], Numbers(two.GetProperty("outputs")[0].GetProperty("data")));
        Assert.Equal([1, 0], Numbers(none.GetProperty("outputs")[0].GetProperty("shape")));
        Assert.Empty(none.GetProperty("outputs")[0].GetProperty("data").EnumerateArray());
    }

    // pytorch/serve issue 1304, openvinotoolkit/model_server pull request 4337: NaN and infinity made answers that are no JSON.
    [Fact]
    public async Task Infinity_is_refused_rather_than_sent_as_broken_json()
    {
        var (status, body) = await host.Runner.PostAsync(
            "/v2/models/reciprocal/infer",
            """{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[0]}]}"""
        );

        Assert.Equal(500, (int)status);
        Assert.Contains("NaN or infinity", Error(body));
    }

    [Theory]
    [InlineData("1", 8)]
    [InlineData("2", 2)]
    [InlineData("canary", 2)]
    [InlineData("stable", 8)]
    public async Task Version_is_a_number_or_a_label(string version, int horizon)
    {
        var (status, body) = await host.Runner.PostAsync(
            $"/v2/models/persistence/versions/{version}/infer",
            """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[4]}]}"""
        );

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(horizon, body.GetProperty("outputs")[0].GetProperty("data").GetArrayLength());
    }

    // pytorch/serve issue 170: a version that is no number was answered with 500.
    [Theory]
    [InlineData("/v2/models/missing/infer", "there is no model 'missing'")]
    [InlineData("/v2/models/persistence/versions/9/infer", "model 'persistence' has no version '9'; served: 1, 2")]
    [InlineData("/v2/models/persistence/versions/nightly/infer", "model 'persistence' has no version 'nightly'; served: 1, 2")]
    [InlineData("/v2/models/persistence/versions/1p0/infer", "model 'persistence' has no version '1p0'; served: 1, 2")]
    public async Task Unknown_model_or_version_is_404(string path, string reason)
    {
        var (status, body) = await host.Runner.PostAsync(path, """{"inputs":[]}""");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(reason, Error(body));
    }

    [Fact]
    public async Task Concurrent_requests_of_many_shapes_keep_their_own_answers()
    {
        var requests = Enumerable
            .Range(1, 200)
            .Select(async i =>
            {
                var window = (i % 9) + 1;
                var data = string.Join(',', Enumerable.Repeat("0", window - 1).Append($"{i}"));
                var body = await host.Runner.InferAsync(
                    "persistence",
                    $$"""{"id":"{{i}}","inputs":[{"name":"prices","shape":[1,{{window}}],"datatype":"FP32","data":[{{data}}]}]}"""
                );
                Assert.Equal($"{i}", body.GetProperty("id").GetString());
                Assert.All(Numbers(body.GetProperty("outputs")[0].GetProperty("data")), value => Assert.Equal(i, value));
            });

        await Task.WhenAll(requests);
    }

    // Small separate writes with Nagle's algorithm would cost 40 ms each: far more than this bound, even on a busy machine.
    [Fact]
    public async Task Requests_do_not_wait_for_delayed_acknowledgements()
    {
        const string request = """{"inputs":[{"name":"prices","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""";
        var times = new List<TimeSpan>();
        for (var i = 0; i < 60; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await host.Runner.InferAsync("persistence", request);
            times.Add(TimeProvider.System.GetElapsedTime(start));
        }

        times.Sort();
        Assert.True(times[15] < TimeSpan.FromMilliseconds(20), $"a quarter of the requests should take less than 20 ms, took {times[15]}");
    }

    private async Task<HttpResponseMessage> SendAsync(string json)
    {
        using var content = new StringContent(json);
        var response = await host.Runner.Http.PostAsync(
            new Uri(Persistence, UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private static string Error(JsonElement body) => body.GetProperty("error").GetString()!;

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(static value => value.GetDouble())];
}
