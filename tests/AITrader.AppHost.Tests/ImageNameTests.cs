using System.Diagnostics;
using System.Text.Json;
using AITrader.AppHost.Tests.Charts;
using AITrader.TestSupport;

namespace AITrader.AppHost.Tests;

/// <summary>The chart runs the images that <c>dotnet publish -t:PublishContainer</c> makes.</summary>
public sealed class ImageNameTests(PublishedChart published) : IClassFixture<PublishedChart>
{
    public static readonly TheoryData<string> Services =
        [.. Directory.GetDirectories(Path.Combine(SharedData.RepositoryRoot, "services")).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_services_image_is_named_in_the_chart(string project)
    {
        var settings = await PropertiesAsync(project, "ContainerRepository", "ContainerImageTag", "ContainerUser");
        Assert.Contains($"{settings["ContainerRepository"]}:{settings["ContainerImageTag"]}", published.Chart.Images().Values);
        Assert.Equal(published.Chart.Version, settings["ContainerImageTag"]);
        Assert.All(
            published.Manifests.Workloads.Where(w => w.Container.Image.StartsWith($"{settings["ContainerRepository"]}:", StringComparison.Ordinal)),
            w => Assert.Equal(settings["ContainerUser"], $"{w.Pod.SecurityContext.RunAsUser}"));
    }

    [Fact]
    public void Every_image_of_the_chart_but_the_pages_is_a_services()
    {
        var names = published.Chart.Images().Where(image => image.Key != ResourceNames.Frontend).Select(image => image.Value).Distinct();
        Assert.Equal(Services.Count, names.Count());
        Assert.Equal(published.Chart.Images()[ResourceNames.Backend], published.Chart.Images()[ResourceNames.BackendAlt]);
    }

    private static async Task<Dictionary<string, string>> PropertiesAsync(string project, params string[] names)
    {
        var file = Path.Combine(SharedData.RepositoryRoot, "services", project, $"{project}.csproj");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", file, $"-getProperty:{string.Join(',', names)}"]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(output)!["Properties"];
    }
}
