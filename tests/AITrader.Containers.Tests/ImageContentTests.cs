using System.Text.Json;
using AITrader.Containers.Tests.Engine;
using AITrader.TestSupport;

namespace AITrader.Containers.Tests;

/// <summary>What publishing puts into images, and what they stand on, as the project files say it.</summary>
public sealed class ImageContentTests
{
    [Fact]
    public async Task A_runners_image_has_the_models_and_the_native_code_that_it_loads()
    {
        var files = await FilesAsync("AITrader.OnnxRunner");
        Assert.Contains("models/persistence/1/model.onnx", files);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "its image is a Linux one");
        Assert.Equal(["libonnxruntime.so"], NativeCode(files));
    }

    [Fact]
    public async Task The_gpu_runners_image_has_the_providers_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "its image is a Linux one");
        Assert.Equal(
            [
                "libonnxruntime.so",
                "libonnxruntime_providers_cuda.so",
                "libonnxruntime_providers_shared.so",
                "libonnxruntime_providers_tensorrt.so",
            ],
            NativeCode(await FilesAsync("AITrader.TensorRtRunner"))
        );
    }

    // Migrations has no web server of its own, but its libraries are ASP.NET's.
    [Theory]
    [InlineData("AITrader.Migrations")]
    [InlineData("AITrader.Worker")]
    public async Task An_image_stands_on_the_runtime_that_its_service_needs(string project)
    {
        using var result = await AskAsync(project, "ComputeContainerBaseImage", "-getProperty:ContainerBaseImage,ContainerRepository");
        Assert.Equal(
            "mcr.microsoft.com/dotnet/aspnet:10.0",
            result.RootElement.GetProperty("Properties").GetProperty("ContainerBaseImage").GetString()
        );
    }

    private static IEnumerable<string> NativeCode(IEnumerable<string> files) =>
        files
            .Where(static file =>
                file.Contains("onnxruntime", StringComparison.Ordinal)
                && !file.EndsWith("OnnxRuntime.dll", StringComparison.OrdinalIgnoreCase)
            )
            .Select(static file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal);

    private static async Task<List<string>> FilesAsync(string project)
    {
        using var result = await AskAsync(project, "ComputeResolvedFilesToPublishList", "-getItem:ResolvedFileToPublish");
        return
        [
            .. result
                .RootElement.GetProperty("Items")
                .GetProperty("ResolvedFileToPublish")
                .EnumerateArray()
                .Select(static item => item.GetProperty("RelativePath").GetString()!.Replace('\\', '/')),
        ];
    }

    private static async Task<JsonDocument> AskAsync(string project, string target, string question) =>
        JsonDocument.Parse(
            await Commands.RunAsync(
                "dotnet",
                "msbuild",
                Path.Combine(SharedData.RepositoryRoot, "services", project),
                $"-t:{target}",
                question,
                "-p:Configuration=Release",
                "-p:NoBuild=true"
            )
        );
}
