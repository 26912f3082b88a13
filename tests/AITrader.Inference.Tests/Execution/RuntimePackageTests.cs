using System.Text.Json;
using AITrader.TestSupport;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Tests.Execution;

public sealed class RuntimePackageTests
{
    private static readonly string Npm = Path.Combine(SharedData.RepositoryRoot, "standins", "Microsoft.ML.OnnxRuntime.Gpu", "npm");

    [Fact]
    public void Native_core_is_of_the_version_that_the_managed_sources_are_made_for() =>
        Assert.StartsWith("1.29.", OrtEnv.Instance().GetVersionString());

    [Fact]
    public void Lock_file_pins_contents_and_names_no_registry()
    {
        using var lockFile = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Npm, "package-lock.json")));
        var packages = lockFile.RootElement.GetProperty("packages").EnumerateObject().Where(static package => package.Name.Length > 0).ToArray();

        Assert.Contains(packages, static package => package.Name == "node_modules/onnxruntime-node");
        Assert.All(packages, static package =>
        {
            Assert.True(package.Value.TryGetProperty("integrity", out _), package.Name);
            Assert.False(package.Value.TryGetProperty("resolved", out _), package.Name);
        });
    }

    [Fact]
    public void Install_scripts_never_run() =>
        Assert.Contains("ignore-scripts=true", File.ReadAllLines(Path.Combine(Npm, ".npmrc")));
}
