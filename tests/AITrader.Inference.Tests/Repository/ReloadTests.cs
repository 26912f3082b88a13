using System.Net;
using AITrader.Inference.Execution;
using AITrader.Inference.Tests.Hosting;
using AITrader.Learning.Models;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.Inference.Tests.Repository;

public sealed class ReloadTests : IDisposable
{
    private const string Request = """{"inputs":[{"name":"prices","shape":[1,1],"datatype":"FP32","data":[4]}]}""";

    private readonly ModelFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task New_version_takes_over_and_the_old_one_goes()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(1));
        var old = runner.Models.Find("persistence", "1");

        _files.AddPersistence(2, horizon: 3);
        await runner.RefreshAsync();

        Assert.Equal("2", (await runner.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await runner.GetAsync("/v2/models/persistence/versions/1")).Status);
        await old.Closed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Broken_version_leaves_the_old_one_in_service_with_the_reason()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(1));

        _files.Add("persistence", 2, [1, 2, 3]);
        await runner.RefreshAsync();

        Assert.Equal("1", (await runner.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
        var health = (await runner.HealthAsync()).Entries["models"];
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("persistence", health.Description);
        var (_, index) = await runner.PostAsync("/v2/repository/index", "");
        Assert.NotEmpty(index[0].GetProperty("reason").GetString()!);

        _files.AddPersistence(2, horizon: 3);
        await runner.RefreshAsync();
        Assert.Equal("2", (await runner.InferAsync("persistence", Request)).GetProperty("model_version").GetString());
        Assert.Equal(HealthStatus.Healthy, (await runner.HealthAsync()).Entries["models"].Status);
    }

    [Fact]
    public async Task File_that_changes_in_place_is_loaded_again()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(1, horizon: 2));

        _files.AddPersistence(1, horizon: 30);
        await runner.RefreshAsync();

        Assert.Equal(30, (await runner.InferAsync("persistence", Request)).GetProperty("outputs")[0].GetProperty("data").GetArrayLength());
    }

    // triton-inference-server/server issues 1366 and 2144: 01 beside 1 is the same version twice, and other folders made a model load anew.
    [Fact]
    public async Task Folders_that_are_no_versions_are_passed_over()
    {
        _files.AddPersistence(1, horizon: 2);
        Copy("persistence/01", horizon: 8);
        Copy(".draft/1", horizon: 8);
        await using var runner = await RunnerHost.StartAsync(_files);
        var loaded = runner.Models.Find("persistence", null);

        Copy("persistence/model", horizon: 8);
        Copy("persistence/.ipynb_checkpoints", horizon: 8);
        Copy("persistence/007", horizon: 8);
        await runner.RefreshAsync();

        Assert.Same(loaded, runner.Models.Find("persistence", null));
        Assert.Equal([1], runner.Models.FindEntry("persistence").Versions.Keys);
        Assert.Equal(2, loaded.Signature.Outputs[0].Shape[1]);
        Assert.Equal(["persistence"], runner.Models.Models.Select(static model => model.Name));

        void Copy(string folder, int horizon)
        {
            var path = Directory.CreateDirectory(Path.Combine(_files.Root, folder)).FullName;
            File.WriteAllBytes(Path.Combine(path, "model.onnx"), PersistenceModel.Build(horizon));
        }
    }

    [Fact]
    public async Task Nothing_is_loaded_again_when_nothing_changed()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(1));
        var before = runner.Models.Find("persistence", null);

        await runner.RefreshAsync();

        Assert.Same(before, runner.Models.Find("persistence", null));
    }

    [Fact]
    public async Task Settings_that_could_not_be_applied_at_first_are_applied_to_every_version_later()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(1));
        var first = runner.Models.Find("persistence", "1");

        // Version 2 is not there yet, so nothing of this can be applied; then it comes, and model.json stays as it is.
        _files.Configure("persistence", """{"version_policy":{"versions":[1,2]},"batching":{"max_size":4}}""");
        await runner.RefreshAsync();
        Assert.Same(first, runner.Models.Find("persistence", "1"));
        _files.AddPersistence(2);
        await runner.RefreshAsync();

        Assert.NotSame(first, runner.Models.Find("persistence", "1"));
        var (status, _) = await runner.PostAsync(
            "/v2/models/persistence/versions/1/infer",
            """{"inputs":[{"name":"prices","shape":[5,1],"datatype":"FP32","data":[1,2,3,4,5]}]}"""
        );
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task Request_in_flight_finishes_on_the_version_it_started_with()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(1));
        var held = runner.Models.Hold("persistence", null);

        _files.AddPersistence(2);
        await runner.RefreshAsync();

        Assert.False(held.Closed.IsCompleted);
        var done = await held.InferAsync(
            [Tensors.Tensor.OfRaw("prices", Tensors.TensorType.Fp32, [1, 1], BitConverter.GetBytes(9f))],
            CallTerms.Usual,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(9f, BitConverter.ToSingle(done.Outputs[0].Raw));
        held.Release();
        await held.Closed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(held.TryHold());
    }

    [Theory]
    [InlineData("""{"labels":{"stable":7}}""", "label 'stable' names version 7")]
    [InlineData("""{"version_policy":{"versions":[1,9]}}""", "version_policy lists 9")]
    [InlineData("""{"version_policy":{"latest":1,"all":true}}""", "version_policy is one of")]
    [InlineData("""{"batching":{"max_size":0}}""", "batching needs max_size")]
    [InlineData("""{"colour":"blue"}""", "model.json is not valid")]
    [InlineData("{", "model.json is not valid")]
    [InlineData("""{"warm_up":{"volume":[1]}}""", "warm_up names input 'volume'")]
    public async Task Bad_configuration_leaves_the_old_one_in_service(string configuration, string reason)
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(1));

        _files.Configure("persistence", configuration);
        await runner.RefreshAsync();

        Assert.Contains(reason, runner.Models.FindEntry("persistence").Problem);
        await runner.InferAsync("persistence", Request);
    }

    [Theory]
    [InlineData("""{"version_policy":{"all":true}}""", "1,2,10")]
    [InlineData("""{"version_policy":{"latest":2}}""", "2,10")]
    [InlineData("""{"version_policy":{"versions":[1,2]}}""", "1,2")]
    [InlineData("{}", "10")]
    public async Task Policy_chooses_the_versions(string configuration, string served)
    {
        _files.AddPersistence(1).AddPersistence(2).AddPersistence(10).Configure("persistence", configuration);
        await using var runner = await RunnerHost.StartAsync(_files);

        Assert.Equal(served, string.Join(',', runner.Models.FindEntry("persistence").Versions.Keys.Order()));
    }

    [Fact]
    public async Task Model_whose_folder_is_gone_is_no_longer_served()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(1).AddPersistence(name: "other"));

        Directory.Delete(Path.Combine(_files.Root, "other"), recursive: true);
        await runner.RefreshAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await runner.PostAsync("/v2/models/other/infer", Request)).Status);
    }

    [Fact]
    public async Task Model_is_unloaded_and_loaded_by_call_where_that_is_allowed()
    {
        await using var runner = await RunnerHost.StartAsync(_files.AddPersistence(1), ("Inference:AllowControl", "true"));
        var extensions = (await runner.GetAsync("/v2")).Body.GetProperty("extensions").EnumerateArray();
        Assert.Contains("model_repository", extensions.Select(static extension => extension.GetString()));

        await ControlAsync(runner, "persistence", "unload", HttpStatusCode.OK);
        await runner.RefreshAsync();
        var (status, body) = await runner.PostAsync("/v2/models/persistence/infer", Request);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "model 'persistence' is unloaded"),
            (status, body.GetProperty("error").GetString())
        );
        var (_, index) = await runner.PostAsync("/v2/repository/index", "");
        Assert.Equal("unloaded", Assert.Single(index.EnumerateArray()).GetProperty("reason").GetString());

        await ControlAsync(runner, "persistence", "load", HttpStatusCode.OK);
        await runner.InferAsync("persistence", Request);
        await ControlAsync(runner, "missing", "load", HttpStatusCode.NotFound);
        await ControlAsync(runner, "missing", "unload", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Loading_by_call_says_why_it_failed()
    {
        await using var runner = await RunnerHost.StartAsync(
            _files.AddPersistence(1).Add("broken", 1, [1]),
            ("Inference:AllowControl", "true")
        );

        await ControlAsync(runner, "broken", "load", HttpStatusCode.BadRequest);
    }

    private static async Task ControlAsync(RunnerHost runner, string model, string action, HttpStatusCode expected)
    {
        using var response = await runner.Http.PostAsync(
            new Uri($"/v2/repository/models/{model}/{action}", UriKind.Relative),
            content: null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(expected, response.StatusCode);
    }
}
