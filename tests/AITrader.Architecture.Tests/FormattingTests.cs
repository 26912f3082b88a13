using System.Diagnostics;
using AITrader.TestSupport;

namespace AITrader.Architecture.Tests;

/// <summary>One layout for all sources: that of CSharpier, at the width of <c>.csharpierrc.json</c>.</summary>
public sealed class FormattingTests
{
    private const int Width = 140;

    private static readonly string Root = SharedData.RepositoryRoot;

    [Fact]
    public async Task Every_source_is_as_the_formatter_writes_it()
    {
        var restored = await RunAsync("tool", "restore");
        Assert.SkipUnless(restored.ExitCode == 0, $"the tools cannot be restored: {restored.Output}");
        var check = await RunAsync("csharpier", "check", ".");
        Assert.True(check.ExitCode == 0, $"`dotnet csharpier format .` mends this:\n{check.Output}");
    }

    // The formatter breaks no comment and no text.
    [Fact]
    public void No_comment_is_wider_than_a_line() =>
        Assert.Empty(
            Directory
                .EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
                .Where(static file =>
                    !file.Contains("/artifacts/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal)
                )
                .SelectMany(static file =>
                    File.ReadLines(file).Where(IsWideComment).Select(line => $"{Path.GetRelativePath(Root, file)}: {line.Trim()}")
                )
        );

    private static bool IsWideComment(string line) =>
        line.Length > Width && line.TrimStart() is var text && text.StartsWith("//", StringComparison.Ordinal) && !IsSample(text);

    private static bool IsSample(string text) =>
        text.StartsWith("/// {", StringComparison.Ordinal) || text.Contains("<c", StringComparison.Ordinal);

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
