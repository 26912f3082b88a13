using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>Strategies as users write them, compiled into assemblies of their own.</summary>
internal static class SamplePlugin
{
    private const string Head = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using AITrader.Domain.Bars;
        using AITrader.Domain.Orders;
        using AITrader.Domain.Signals;
        using AITrader.Domain.Ticks;
        using AITrader.Strategies;
        using AITrader.Strategies.Data;
        using AITrader.Strategies.Exits;
        using AITrader.Strategies.Orders;

        """;

    /// <summary>Compiles a class into an assembly, in place of what is there.</summary>
    public static string Compile(string path, string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(static file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText(Head + code)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var file = File.Create(path);
        var result = compilation.Emit(file);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }
}
