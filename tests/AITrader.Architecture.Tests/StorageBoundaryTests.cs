using Mono.Cecil;

namespace AITrader.Architecture.Tests;

/// <summary>Only AITrader.Storage knows EF Core: what a service stores and reads goes through it.</summary>
/// <remarks>Read from the references of what a build of the solution has put into <c>artifacts/bin</c>: a compiler writes down those
/// assemblies of which some type is used.</remarks>
public sealed class StorageBoundaryTests
{
    private const string Storage = "AITrader.Storage";

    // Services that query the context themselves still. The list only ever gets shorter.
    private static readonly HashSet<string> StillQuerying = new(StringComparer.Ordinal)
    {
        "AITrader.ExecutionEngine",
        "AITrader.MarketData",
        "AITrader.Migrations",
        "AITrader.StrategyEngine",
    };

    public static TheoryData<string> Assemblies => NamespaceTests.Assemblies;

    public static TheoryData<string> Exceptions { get; } = [.. StillQuerying.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Only_storage_knows_EF_Core(string assembly)
    {
        Assert.SkipWhen(StillQuerying.Contains(assembly), "still queries the context itself, and is listed as such");
        var known = Known(assembly);
        Assert.True(
            (known.Count > 0) == (assembly == Storage),
            $"{assembly} uses {(known.Count > 0 ? string.Join(", ", known) : "no EF Core")}; queries belong to {Storage}"
        );
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Exceptions))]
    public void An_assembly_that_knows_no_EF_Core_is_no_exception_any_more(string assembly)
    {
        Assert.Contains(assembly, Assemblies.Select(static row => row.Data));
        Assert.True(Known(assembly).Count > 0, $"{assembly} uses no EF Core any more: take it off the list {nameof(StillQuerying)}.");
    }

    [Theory]
    [InlineData("Microsoft.EntityFrameworkCore", true)]
    [InlineData("Microsoft.EntityFrameworkCore.Relational", true)]
    [InlineData("Npgsql.EntityFrameworkCore.PostgreSQL", true)]
    [InlineData("Aspire.Npgsql.EntityFrameworkCore.PostgreSQL", true)]
    [InlineData("Npgsql", false)]
    [InlineData("AITrader.Storage", false)]
    public void Knows_EF_Core_by_its_assemblies(string reference, bool isEntityFramework) =>
        Assert.Equal(isEntityFramework, IsEntityFramework(reference));

    private static List<string> Known(string assembly)
    {
        using var stream = BuiltAssembly.Open(assembly);
        using var module = ModuleDefinition.ReadModule(stream);
        return [.. module.AssemblyReferences.Select(static reference => reference.Name).Where(IsEntityFramework).Order()];
    }

    private static bool IsEntityFramework(string reference) => reference.Contains("EntityFrameworkCore", StringComparison.Ordinal);
}
