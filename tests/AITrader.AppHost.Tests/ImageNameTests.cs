using System.Diagnostics;
using System.Text.Json;
using AITrader.AppHost.Naming;
using AITrader.AppHost.Tests.Charts;
using AITrader.TestSupport;

namespace AITrader.AppHost.Tests;

/// <summary>The chart runs the images that <c>dotnet publish -t:PublishContainer</c> makes.</summary>
public sealed class ImageNameTests(PublishedChart published) : IClassFixture<PublishedChart>
{
    [Fact]
    public async Task Every_services_image_is_in_the_chart_by_its_name_and_version()
    {
        var images = published.Chart.Images();
        var services = await NamesOfServicesAsync();
        Assert.Equal(13, services.Count);
        Assert.All(services, name => Assert.EndsWith($":{published.Chart.Version}", name, StringComparison.Ordinal));
        Assert.Equal(
            services.Append($"aitrader/frontend:{published.Chart.Version}").Order(StringComparer.Ordinal),
            images.Values.Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal(images[ResourceNames.Backend], images[ResourceNames.BackendAlt]);
    }

    // As the project files say it, whatever the AppHost thinks.
    private static async Task<IReadOnlyList<string>> NamesOfServicesAsync()
    {
        var project = Path.Combine(SharedData.RepositoryRoot, "deploy", "images.proj");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", ["msbuild", project, "-t:Names", "-getTargetResult:Names"]) { RedirectStandardOutput = true }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        using var result = JsonDocument.Parse(output);
        return
        [
            .. result
                .RootElement.GetProperty("TargetResults")
                .GetProperty("Names")
                .GetProperty("Items")
                .EnumerateArray()
                .Select(static item => item.GetProperty("Identity").GetString()!),
        ];
    }
}
