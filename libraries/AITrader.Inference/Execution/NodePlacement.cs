using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Execution;

/// <summary>A node of a model and the provider that ran it.</summary>
/// <param name="Name">Its name in the file, or its number where it has none.</param>
/// <param name="Operator">What it computes, such as <c>Gather</c>.</param>
/// <param name="Provider">Who ran it, in the runtime's words.</param>
internal sealed record PlacedNode(string Name, string Operator, string Provider)
{
    public bool IsOnCpu => Provider == "CPUExecutionProvider";

    public string Text => $"{Operator} '{Name}'";
}

/// <summary>Finds out which provider runs which node of a session, by a profile of its warm-up.</summary>
/// <remarks>A profile is the one public way that names nodes: what the runtime has for it (<c>Session_GetEpGraphAssignmentInfo</c>) has no
/// form in C#, and <c>session.disable_cpu_ep_fallback</c> refuses a model without saying for which node. Recording ends with the
/// warm-up, so that no request pays for it.</remarks>
internal sealed class NodePlacement : IDisposable
{
    private const string Kernel = "_kernel_time";

    private readonly DirectoryInfo _folder;

    private NodePlacement(DirectoryInfo folder) => _folder = folder;

    /// <summary>Makes a folder for the profile; null where there can be none: a model is served all the same.</summary>
    public static NodePlacement? TryStart()
    {
        try
        {
            return new NodePlacement(Directory.CreateTempSubdirectory("aitrader-warm-up-"));
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Has a session that is made with these options recorded.</summary>
    public void Record(SessionOptions options)
    {
        options.ProfileOutputPathPrefix = Path.Combine(_folder.FullName, "warm-up");
        options.EnableProfiling = true;
    }

    /// <summary>Ends the recording and returns each node that ran, in the order of the first run.</summary>
    /// <exception cref="JsonException">The runtime wrote no profile that can be read.</exception>
    public static IReadOnlyList<PlacedNode> End(InferenceSession session) => Parse(File.ReadAllBytes(session.EndProfiling()));

    /// <summary>Where the profile lies until it is read.</summary>
    internal string Folder => _folder.FullName;

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Reads a profile.</summary>
    /// <remarks>
    /// <code>
    /// [{"cat":"Node","name":"gather_1_kernel_time",
    ///   "args":{"op_name":"Gather","provider":"CPUExecutionProvider","node_index":"3"}}]
    /// </code>
    /// </remarks>
    internal static IReadOnlyList<PlacedNode> Parse(ReadOnlyMemory<byte> profile)
    {
        using var events = JsonDocument.Parse(profile);
        return
        [
            .. events.RootElement.EnumerateArray().Select(Read).OfType<PlacedNode>().DistinctBy(static node => (node.Name, node.Operator)),
        ];
    }

    private static PlacedNode? Read(JsonElement record) =>
        record.TryGetProperty("cat", out var category)
        && category.ValueEquals("Node"u8)
        && record.GetProperty("name").GetString() is { } name
        && name.EndsWith(Kernel, StringComparison.Ordinal)
        && record.GetProperty("args") is var args
        && args.TryGetProperty("provider", out var provider)
            ? new PlacedNode(NameOf(name, args), args.GetProperty("op_name").GetString()!, provider.GetString()!)
            : null;

    private static string NameOf(string name, JsonElement args) =>
        name.Length > Kernel.Length ? name[..^Kernel.Length]
        : args.TryGetProperty("node_index", out var index) ? $"{index}"
        : string.Empty;
}
