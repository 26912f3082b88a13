using System.Reflection;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Tests.Execution;

public sealed class RuntimePackageTests
{
    [Fact]
    public void Native_core_is_of_the_version_that_the_managed_part_is_made_for()
    {
        var managed = typeof(OrtEnv).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        Assert.StartsWith(OrtEnv.Instance().GetVersionString(), managed, StringComparison.Ordinal);
    }
}
