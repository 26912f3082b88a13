using System.Diagnostics;
using System.Formats.Tar;
using System.Text.Json;
using AITrader.TestSupport;

namespace AITrader.Containers.Tests.Images;

/// <summary>One service's image in an archive, published by the SDK on an image of this machine's files.</summary>
public sealed class PublishedService : IAsyncLifetime
{
    private const string Project = "AITrader.MockLlm";

    private readonly string _folder = Directory.CreateTempSubdirectory("aitrader-image-").FullName;

    /// <summary>What <c>docker load</c> takes.</summary>
    public string Archive => Path.Combine(_folder, "image.tar");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "images are made of the files of a Linux machine");
        await using var registry = await ImageRegistry.StartAsync(await DotnetImage.MakeAsync());
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish",
                Path.Combine(SharedData.RepositoryRoot, "services", Project),
                "--configuration",
                Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')),
                "--no-build",
                "-t:PublishContainer",
                $"-p:ContainerBaseImage={registry.Image}",
                $"-p:ContainerArchiveOutputPath={Archive}",
            ]
        )
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = registry.Host },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The image's names and its settings.</summary>
    public async Task<(IReadOnlyList<string> Names, JsonElement Settings)> ReadAsync()
    {
        var files = await JsonFilesAsync();
        var image = files["manifest.json"][0];
        return (
            [.. image.GetProperty("RepoTags").EnumerateArray().Select(static tag => tag.GetString()!)],
            files[image.GetProperty("Config").GetString()!].GetProperty("config")
        );
    }

    private async Task<Dictionary<string, JsonElement>> JsonFilesAsync()
    {
        var files = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        await using var tar = new TarReader(File.OpenRead(Archive));
        while (await tar.GetNextEntryAsync(copyData: false, TestContext.Current.CancellationToken) is { } entry)
        {
            if (entry.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                files[entry.Name] = (await JsonDocument.ParseAsync(entry.DataStream!)).RootElement;
            }
        }

        return files;
    }
}
