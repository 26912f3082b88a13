using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AITrader.FinBertServer.Models;
using AITrader.TestSupport;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AITrader.FinBertServer.Tests;

public sealed class FinBertServerTests : IDisposable
{
    private const string Project = "AITrader.FinBertServer";

    private readonly string _folder = Directory.CreateTempSubdirectory("finbert-").FullName;

    [Fact]
    public async Task Without_a_model_it_runs_and_says_so_plainly()
    {
        await using var service = await ServiceProcess.StartAsync(Project, ("FinBert:ModelsFolder", _folder));
        using var response = await service.Client.GetAsync("/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var check = await CheckAsync(service);
        Assert.Equal("degraded", check.GetProperty("status").GetString());
        Assert.StartsWith("no model finbert-tone is installed", check.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.False(check.GetProperty("data").GetProperty("can_classify").GetBoolean());
    }

    [Fact]
    public async Task Nobody_classifies_without_a_token()
    {
        await using var service = await ServiceProcess.StartAsync(Project, ("ServiceAuth:Key", new string('k', 40)));
        using var response = await service.Client.PostAsJsonAsync(
            "/classify",
            new { texts = new[] { "up" } },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_model_that_is_installed_later_is_noticed()
    {
        await using var service = await ServiceProcess.StartAsync(Project, ("FinBert:ModelsFolder", _folder));
        Assert.Equal("absent", (await CheckAsync(service)).GetProperty("data").GetProperty("found").GetString());
        Install(version: 3, withVocabulary: true);
        var check = await CheckAsync(service);
        Assert.Equal("complete", check.GetProperty("data").GetProperty("found").GetString());
        Assert.Equal("3", check.GetProperty("data").GetProperty("versions").GetString());
        Assert.Contains("no text classifier", check.GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_incomplete_folder_is_told_apart()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "finbert-tone"));
        Assert.Contains("holds no version", Assert.IsType<IncompleteModel>(Find(_folder)).Reason, StringComparison.Ordinal);
        Install(version: 1, withVocabulary: false);
        Assert.Contains("no vocab.txt", Assert.IsType<IncompleteModel>(Find(_folder)).Reason, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "finbert-tone", "vocab.txt"), "[PAD]");
        Assert.Equal([1], Assert.IsType<CompleteModel>(Find(_folder)).Versions);
    }

    [Fact]
    public void A_relative_folder_is_looked_for_upwards()
    {
        var root = Directory.CreateDirectory(Path.Combine(_folder, "services", "here")).FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "models", "finbert-tone"));
        Assert.IsType<IncompleteModel>(Find("models", root));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ModelStatus Find(string models, string root = "/") =>
        new InstalledModel(Options.Create(new FinBertOptions { ModelsFolder = models }), new Place(root)).Find();

    private static async Task<JsonElement> CheckAsync(ServiceProcess service)
    {
        var report = await service.Client.GetFromJsonAsync<JsonElement>("/ready", TestContext.Current.CancellationToken);
        return report.GetProperty("checks").EnumerateArray().Single(static check => check.GetProperty("name").GetString() == "model");
    }

    private void Install(int version, bool withVocabulary)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "finbert-tone", $"{version}")).FullName;
        File.WriteAllText(Path.Combine(folder, "model.onnx"), "weights");
        if (withVocabulary)
        {
            File.WriteAllText(Path.Combine(_folder, "finbert-tone", "vocab.txt"), "[PAD]");
        }
    }

    private sealed class Place(string root) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";

        public string ApplicationName { get; set; } = Project;

        public string ContentRootPath { get; set; } = root;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
