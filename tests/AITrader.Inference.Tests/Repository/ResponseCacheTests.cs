using System.Text.Json;
using AITrader.Inference.Repository;
using AITrader.Inference.Tensors;
using AITrader.Inference.Tests.Hosting;

namespace AITrader.Inference.Tests.Repository;

/// <summary>Answers that are kept for the same inputs.</summary>
public sealed class ResponseCacheTests : IDisposable
{
    private readonly ModelFiles _files = new ModelFiles()
        .Add("sums", 1, SampleModels.SumAndDifference())
        .Configure("sums", """{"response_cache":{}}""");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Same_inputs_are_answered_without_a_run()
    {
        await using var runner = await RunnerHost.StartAsync(_files);

        var first = await runner.InferAsync("sums", Request(1));
        var second = await runner.InferAsync("sums", Request(1));
        var other = await runner.InferAsync("sums", Request(2));

        Assert.Equal(first.GetProperty("outputs").GetRawText(), second.GetProperty("outputs").GetRawText());
        Assert.Equal([false, true, false], new[] { first, second, other }.Select(IsCached));
        Assert.Equal(8, other.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble());
        var (_, body) = await runner.GetAsync("/v2/models/sums/stats");
        var model = body.GetProperty("model_stats")[0];
        Assert.Equal((3, 2), (model.GetProperty("inference_count").GetInt32(), model.GetProperty("execution_count").GetInt32()));
        var statistics = model.GetProperty("inference_stats");
        Assert.Equal(1, statistics.GetProperty("cache_hit").GetProperty("count").GetInt32());
        Assert.Equal(2, statistics.GetProperty("cache_miss").GetProperty("count").GetInt32());
        Assert.Equal(2, statistics.GetProperty("compute_infer").GetProperty("count").GetInt32());
    }

    // triton-inference-server/server issue 4362: an answer was kept for the outputs that its first caller had asked for.
    [Fact]
    public async Task Kept_answer_serves_whatever_outputs_are_asked_for()
    {
        await using var runner = await RunnerHost.StartAsync(_files);
        await runner.InferAsync("sums", $$"""{"outputs":[{"name":"sum"}],{{Request(1)[1..]}}""");

        var body = await runner.InferAsync("sums", $$"""{"outputs":[{"name":"difference"}],{{Request(1)[1..]}}""");

        Assert.True(IsCached(body));
        var output = Assert.Single(body.GetProperty("outputs").EnumerateArray());
        Assert.Equal("difference", output.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Model_that_changes_does_not_answer_from_before()
    {
        await using var runner = await RunnerHost.StartAsync(
            _files.AddPersistence(1, horizon: 2).Configure("persistence", """{"response_cache":{"max_bytes":4096}}""")
        );
        const string Prices = """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[4]}]}""";
        await runner.InferAsync("persistence", Prices);
        Assert.True(IsCached(await runner.InferAsync("persistence", Prices)));

        _files.AddPersistence(1, horizon: 30);
        await runner.RefreshAsync();

        var body = await runner.InferAsync("persistence", Prices);
        Assert.False(IsCached(body));
        Assert.Equal(30, body.GetProperty("outputs")[0].GetProperty("data").GetArrayLength());
    }

    [Fact]
    public void Key_depends_on_all_that_an_answer_depends_on()
    {
        Tensor[][] different =
        [
            [Tensor.OfRaw("a", TensorType.Int32, [2], [1, 0, 0, 0, 2, 0, 0, 0])],
            [Tensor.OfRaw("a", TensorType.Int32, [2], [1, 0, 0, 0, 3, 0, 0, 0])],
            [Tensor.OfRaw("b", TensorType.Int32, [2], [1, 0, 0, 0, 2, 0, 0, 0])],
            [Tensor.OfRaw("a", TensorType.Fp32, [2], [1, 0, 0, 0, 2, 0, 0, 0])],
            [Tensor.OfRaw("a", TensorType.Int32, [1, 2], [1, 0, 0, 0, 2, 0, 0, 0])],
            [Tensor.OfRaw("a", TensorType.Int32, [1], [1, 0, 0, 0]), Tensor.OfRaw("a", TensorType.Int32, [1], [2, 0, 0, 0])],
            [Tensor.OfTexts("a", [2], ["ab"u8.ToArray(), "c"u8.ToArray()])],
            [Tensor.OfTexts("a", [2], ["a"u8.ToArray(), "bc"u8.ToArray()])],
        ];

        Assert.Equal(different.Length, different.Select(ResponseCache.KeyOf).Distinct().Count());
        Assert.Equal(
            ResponseCache.KeyOf(different[0]),
            ResponseCache.KeyOf([Tensor.OfRaw("a", TensorType.Int32, [2], [1, 0, 0, 0, 2, 0, 0, 0])])
        );
    }

    [Fact]
    public void Cache_stays_within_its_bytes()
    {
        using var cache = new ResponseCache(new ResponseCacheConfiguration { MaxBytes = 100_000 });
        for (var i = 0; i < 1000; i++)
        {
            cache.Add($"{i}", [Tensor.OfRaw("a", TensorType.UInt8, [10_000], new byte[10_000])]);
        }

        Assert.InRange(Enumerable.Range(0, 1000).Count(i => cache.TryGet($"{i}", out _)), 0, 10);
    }

    [Fact]
    public async Task Cache_without_room_is_refused()
    {
        await using var runner = await RunnerHost.StartAsync(_files.Configure("sums", """{"response_cache":{"max_bytes":1}}"""));

        Assert.Contains("response_cache needs max_bytes", runner.Models.FindEntry("sums").Problem);
    }

    private static string Request(int a) =>
        $$"""
            {"inputs":[{"name":"a","shape":[1,2],"datatype":"FP32","data":[{{a}},5]},
                       {"name":"b","shape":[1,2],"datatype":"FP32","data":[6,7]}]}
            """;

    private static bool IsCached(JsonElement body) => body.GetProperty("parameters").TryGetProperty("cached", out _);
}
