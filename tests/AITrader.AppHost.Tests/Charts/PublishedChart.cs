using System.Diagnostics;

namespace AITrader.AppHost.Tests.Charts;

/// <summary>Publishes once, with the AppHost as a process of its own, and reads what came out.</summary>
public sealed class PublishedChart : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aitrader-chart-").FullName;
    private HelmChart? _chart;

    internal HelmChart Chart => _chart!;

    internal IReadOnlyList<RenderedTemplate> Rendered { get; private set; } = [];

    internal Manifests Manifests { get; private set; } = Manifests.Read([]);

    public async ValueTask InitializeAsync()
    {
        var (exitCode, output) = await PublishAsync(_folder);
        Assert.True(exitCode == 0, output);
        _chart = HelmChart.Load(_folder);
        Rendered = _chart.Render("trading");
        Manifests = Manifests.Read(Rendered);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Exit code and output of a publication.</summary>
    internal static async Task<(int ExitCode, string Output)> PublishAsync(string folder, params string[] arguments)
    {
        string[] command =
        [
            typeof(Projects.AITrader_AppHost).Assembly.Location,
            "--operation",
            "publish",
            "--step",
            "publish",
            "--output-path",
            folder,
        ];
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [.. command, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }
}
