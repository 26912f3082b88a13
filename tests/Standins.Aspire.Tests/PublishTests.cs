using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Standins.Aspire.Tests;

/// <summary>Publishing writes a chart and starts nothing.</summary>
public sealed class PublishTests
{
    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_a_chart_with_workloads_settings_and_empty_secrets()
    {
        var folder = Directory.CreateTempSubdirectory("standins-chart-").FullName;
        var (code, output) = await RunAsync("--operation", "publish", "--step", "publish", "--output-path", folder);
        Assert.True(code == 0, output);

        var values = Load(Path.Combine(folder, "values.yaml"));
        Assert.Equal(string.Empty, Text(values, "secrets", "api", "redis_password"));
        Assert.Equal("http://front-service:8080", Text(values, "config", "api", "services__front__http__0"));
        Assert.Equal("at front-service:8080", Text(values, "config", "api", "FRONT_ADDRESS"));
        var api = Load(Path.Combine(folder, "templates", "api", "deployment.yaml"));
        var container = Item(api, 0, "spec", "template", "spec", "containers");
        Assert.Equal("HTTP", Text(container, "readinessProbe", "httpGet", "scheme"));
        Assert.Equal("http", Text(container, "livenessProbe", "httpGet", "scheme"));
        Assert.Equal("8080", Text(Item(container, 0, "ports"), "containerPort"));
        Assert.Equal("2", Text(Load(Path.Combine(folder, "templates", "front", "deployment.yaml")), "spec", "replicas"));
        var redis = Load(Path.Combine(folder, "templates", "redis", "statefulset.yaml"));
        Assert.Equal("docker.io/library/redis:7.4", Text(Item(redis, 0, "spec", "template", "spec", "containers"), "image"));
        Assert.True(File.Exists(Path.Combine(folder, "templates", "web", "deployment.yaml")));
        Assert.Contains(
            "password={{ .Values.secrets.api.redis_password }}",
            Text(Load(Path.Combine(folder, "templates", "api", "secrets.yaml")), "stringData", "ConnectionStrings__redis"), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Refuses_to_publish_without_a_step()
    {
        var (code, output) = await RunAsync("--operation", "publish");
        Assert.Equal(1, code);
        Assert.Contains("--step publish", output, StringComparison.Ordinal);
    }

    internal static YamlNode Load(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(file);
        stream.Load(reader);
        return stream.Documents[0].RootNode;
    }

    internal static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)Follow(node, path)).Value!;

    internal static YamlNode Item(YamlNode node, int index, params string[] path) => ((YamlSequenceNode)Follow(node, path)).Children[index];

    private static YamlNode Follow(YamlNode node, string[] path) => path.Aggregate(node, (n, key) => n[key]);

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Projects.Standins_Aspire_Demo_AppHost).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(_test);
        var output = await process.StandardOutput.ReadToEndAsync(_test);
        await process.WaitForExitAsync(_test);
        return (process.ExitCode, output + await errors);
    }
}
