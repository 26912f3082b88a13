using AITrader.Cli.Building;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.TestSupport;
using Spectre.Console.Cli;
using Spectre.Console.Testing;

namespace AITrader.Cli.Tests.Commands;

/// <summary>Lock files of packages, in a small repository that has this one's rules.</summary>
public sealed class LockCommandTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
        </Project>
        """;

    private const string Solution = """
        Microsoft Visual Studio Solution File, Format Version 12.00
        Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "One", "One/One.csproj", "{6C36A0F7-6E5C-4D0B-9A1E-0B8E2B0D8C11}"
        EndProject
        Global
            GlobalSection(SolutionConfigurationPlatforms) = preSolution
                Debug|Any CPU = Debug|Any CPU
            EndGlobalSection
            GlobalSection(ProjectConfigurationPlatforms) = postSolution
                {6C36A0F7-6E5C-4D0B-9A1E-0B8E2B0D8C11}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
                {6C36A0F7-6E5C-4D0B-9A1E-0B8E2B0D8C11}.Debug|Any CPU.Build.0 = Debug|Any CPU
            EndGlobalSection
        EndGlobal
        """;

    // As it was when the project had a package more.
    private const string Old = """
        { "version": 1, "dependencies": { "net10.0": { "Gone": { "type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "AA==" } } } }
        """;

    private readonly TemporaryHome _temporary = new();
    private readonly Installation _repository;
    private readonly string _lockFile;

    public LockCommandTests()
    {
        _temporary.Write("repository/AITrader.sln", Solution);
        _temporary.Write(
            "repository/Directory.Build.targets",
            File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "Directory.Build.targets"))
        );
        _temporary.Write("repository/One/One.csproj", Project);
        _lockFile = _temporary.Write("repository/One/packages.lock.json", Old);
        _repository = new Installation(Path.Combine(_temporary.Folder, "repository"), _temporary.Home);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task A_build_refuses_packages_that_are_not_in_the_lock_file_until_it_is_renewed()
    {
        var (code, output) = await RestoreAsync();
        Assert.NotEqual(0, code);
        Assert.Contains("NU1004", output, StringComparison.Ordinal);
        Assert.Equal(Old, await File.ReadAllTextAsync(_lockFile, TestContext.Current.CancellationToken));

        Assert.Equal(0, await LockAsync());

        Assert.DoesNotContain(
            "Gone",
            await File.ReadAllTextAsync(_lockFile, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(0, (await RestoreAsync()).Code);
    }

    [Fact]
    public async Task A_restore_for_one_system_leaves_the_lock_file_alone()
    {
        var (code, output) = await RestoreAsync("--runtime", "linux-x64", "-p:SelfContained=false", "-p:UseAppHost=false");

        Assert.True(code == 0, output);
        Assert.Equal(Old, await File.ReadAllTextAsync(_lockFile, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("One.csproj : error NU1004: The package reference Gone was removed", true)]
    [InlineData("One.cs(1,1): error CS1002: ; expected", false)]
    public void A_build_that_fails_on_lock_files_says_how_they_are_renewed(string error, bool isTold) =>
        Assert.Equal(isTold, Builder.Failure([error], "build.log").Contains("`./aitrader lock`", StringComparison.Ordinal));

    private async Task<(int Code, string Output)> RestoreAsync(params string[] arguments)
    {
        var lines = new List<string>();
        var call = new ExternalCall("dotnet", ["restore", "One", "-nologo", "-nodeReuse:false", .. arguments], _repository.Root);
        return (await ExternalProgram.RunAsync(call, lines.Add, TestContext.Current.CancellationToken), string.Join('\n', lines));
    }

    private async Task<int> LockAsync()
    {
        using var console = new TestConsole();
        var app = new CommandApp(new ServiceRegistrar(CommandLine.Services(_repository, console)));
        app.Configure(configurator => CommandLine.Configure(configurator, console));
        return await app.RunAsync(["lock"], TestContext.Current.CancellationToken);
    }
}
