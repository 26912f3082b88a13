using AITrader.TestSupport;

namespace AITrader.Architecture.Tests;

/// <summary>What a build of the solution has put into <c>artifacts/bin</c>, in the configuration of this test.</summary>
internal static class BuiltAssembly
{
    /// <summary>Opens an assembly; skips the test where it is not built.</summary>
    public static FileStream Open(string name)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var file = Path.Combine(SharedData.RepositoryRoot, "artifacts", "bin", name, configuration, $"{name}.dll");
        Assert.SkipUnless(File.Exists(file), $"{name} is not built: this test reads what a build of AITrader.sln puts into artifacts/bin");
        return File.OpenRead(file);
    }
}
