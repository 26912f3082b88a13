using System.Net;
using AITrader.Inference.Execution;
using AITrader.Inference.Repository;
using AITrader.Inference.Tensors;
using AITrader.Inference.Tests.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Tests.Execution;

/// <summary>What a model asks of TensorRT and CUDA, as far as a machine without a GPU can tell.</summary>
public sealed class AcceleratorTests : IDisposable
{
    private const string Profile = """{"prices":{"min":[1,4],"opt":[1,64],"max":[8,256]}}""";

    private static readonly AcceleratorSettings Settings = new(
        new Dictionary<string, ShapeProfile>
        {
            ["volumes"] = new()
            {
                Min = [1],
                Opt = [2],
                Max = [3],
            },
            ["prices"] = new()
            {
                Min = [1, 4],
                Opt = [1, 64],
                Max = [8, 256],
            },
        },
        IsHalfPrecision: true
    );

    private readonly ModelFiles _files = new ModelFiles().AddPersistence(1);

    public void Dispose() => _files.Dispose();

    // microsoft/onnxruntime issues 16889 and 22822: a size outside of what an engine was built for built another one within the request.
    [Theory]
    [InlineData(1, 4, 200)]
    [InlineData(8, 256, 200)]
    [InlineData(1, 3, 400)]
    [InlineData(9, 4, 400)]
    public async Task Size_outside_of_the_profile_is_400_with_what_is_served(int rows, int window, int status)
    {
        _files.Configure("persistence", $$"""{"profile":{{Profile}} }""");
        await using var runner = await RunnerHost.StartAsync(_files);
        var data = string.Join(',', Enumerable.Repeat("1", rows * window));

        var (answered, body) = await runner.PostAsync(
            "/v2/models/persistence/infer",
            $$"""{"inputs":[{"name":"prices","shape":[{{rows}},{{window}}],"datatype":"FP32","data":[{{data}}]}]}"""
        );

        Assert.Equal((HttpStatusCode)status, answered);
        if (status == 400)
        {
            Assert.Equal($"input 'prices' has shape [{rows}, {window}]; served are [1..8, 4..256]", body.GetProperty("error").GetString());
        }
    }

    [Theory]
    [InlineData("""{"profile":{"volume":{"min":[1],"opt":[1],"max":[1]}}}""", "profile names input 'volume'")]
    [InlineData("""{"profile":{"prices":{"min":[1,4],"opt":[1,2],"max":[8,256]}}}""", "needs min <= opt <= max")]
    [InlineData("""{"profile":{"prices":{"min":[1],"opt":[1],"max":[8]}}}""", "each a shape like [-1, -1]")]
    [InlineData("""{"profile":{"prices":{"min":[0,1],"opt":[1,1],"max":[8,8]}}}""", "needs min <= opt <= max")]
    [InlineData("""{"profile":{"prices":{}}}""", "needs min <= opt <= max")]
    [InlineData("""{"precision":"int8"}""", "precision is fp32 or fp16")]
    public async Task Profile_that_does_not_fit_is_not_served_and_says_why(string configuration, string reason)
    {
        _files.Configure("persistence", configuration);
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.Contains(reason, runner.Models.FindEntry("persistence").Problem);
    }

    [Fact]
    public void Tensorrt_is_told_the_profile_the_precision_and_where_engines_are_kept()
    {
        var options = ProviderLadder.TensorRtSettings("1", "/engines/x", Settings);

        Assert.Equal("prices:1x4,volumes:1", options["trt_profile_min_shapes"]);
        Assert.Equal("prices:1x64,volumes:2", options["trt_profile_opt_shapes"]);
        Assert.Equal("prices:8x256,volumes:3", options["trt_profile_max_shapes"]);
        Assert.Equal(("1", "1"), (options["device_id"], options["trt_fp16_enable"]));
        Assert.Equal(("/engines/x", "/engines/x"), (options["trt_engine_cache_path"], options["trt_timing_cache_path"]));
        var plain = ProviderLadder.TensorRtSettings("0", null, AcceleratorSettings.None);
        Assert.Equal(["device_id", "trt_fp16_enable"], plain.Keys.Order());
    }

    [Fact]
    public void Precision_of_the_server_holds_where_a_model_says_nothing()
    {
        Assert.True(ModelConfiguration.Default.AcceleratorWith("fp16").IsHalfPrecision);
        Assert.False((ModelConfiguration.Default with { Precision = "fp32" }).AcceleratorWith("fp16").IsHalfPrecision);
        Assert.True((ModelConfiguration.Default with { Precision = "fp16" }).AcceleratorWith("fp32").IsHalfPrecision);
    }

    [Fact]
    public void Varying_input_without_a_profile_is_named()
    {
        var signature = new ModelSignature(
            [new TensorSpec("fixed", TensorType.Fp32, [1, 4], ["", ""]), new TensorSpec("prices", TensorType.Fp32, [-1, 4], ["n", ""])],
            []
        );

        Assert.Equal("prices", AcceleratorSettings.None.FirstWithoutProfile(signature));
        Assert.Null(Settings.FirstWithoutProfile(signature));
    }

    // microsoft/onnxruntime issues 6455 and 22244: models of one structure shared an engine, and one of an older TensorRT was loaded.
    [Fact]
    public void Key_of_an_engine_depends_on_all_that_the_engine_depends_on()
    {
        var model = _files.PathOf("persistence", 1);
        string[] keys =
        [
            EngineCache.KeyOf(model, Settings, "tensorrt 10 compute 9.0"),
            EngineCache.KeyOf(model, Settings, "tensorrt 10 compute 8.6"),
            EngineCache.KeyOf(model, Settings with { IsHalfPrecision = false }, "tensorrt 10 compute 9.0"),
            EngineCache.KeyOf(model, AcceleratorSettings.None, "tensorrt 10 compute 9.0"),
            EngineCache.KeyOf(_files.AddPersistence(2, horizon: 3).PathOf("persistence", 2), Settings, "tensorrt 10 compute 9.0"),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], EngineCache.KeyOf(model, Settings, "tensorrt 10 compute 9.0"));
    }

    [Fact]
    public void Engines_that_no_longer_fit_are_deleted_and_others_stay()
    {
        _files.AddPersistence(2);
        var root = Path.Combine(_files.Root, "engines");
        var cache = new EngineCache(Options.Create(new InferenceOptions { EngineCache = root }));
        var old = Keep(cache.FolderFor(_files.PathOf("persistence", 1), AcceleratorSettings.None)!);
        var other = Keep(cache.FolderFor(_files.PathOf("persistence", 2), AcceleratorSettings.None)!);

        Assert.Equal(Path.GetDirectoryName(old), cache.FolderFor(_files.PathOf("persistence", 1), AcceleratorSettings.None));
        Assert.True(File.Exists(old));
        _files.AddPersistence(1, horizon: 4);
        var renewed = cache.FolderFor(_files.PathOf("persistence", 1), AcceleratorSettings.None);

        Assert.NotEqual(Path.GetDirectoryName(old), renewed);
        Assert.True(Directory.Exists(renewed));
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(other));
        Assert.Null(new EngineCache(Options.Create(new InferenceOptions())).FolderFor(_files.PathOf("persistence", 1), Settings));

        static string Keep(string folder)
        {
            var engine = Path.Combine(folder, "subgraph.engine");
            File.WriteAllText(engine, "engine");
            return engine;
        }
    }
}
