using Mono.Cecil;

namespace AITrader.Architecture.Tests;

/// <summary>Only AITrader.Storage knows EF Core: what a service stores and reads goes through it.</summary>
/// <remarks>Read from the references of what a build of the solution has put into <c>artifacts/bin</c>: a compiler writes down those
/// assemblies of which some type is used.</remarks>
public sealed class StorageBoundaryTests
{
    private const string Storage = "AITrader.Storage";

    public static TheoryData<string> Assemblies => NamespaceTests.Assemblies;

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Only_storage_knows_EF_Core(string assembly)
    {
        var known = Known(assembly);
        Assert.True(
            (known.Count > 0) == (assembly == Storage),
            $"{assembly} uses {(known.Count > 0 ? string.Join(", ", known) : "no EF Core")}; queries belong to {Storage}"
        );
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
