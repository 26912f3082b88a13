using Mono.Cecil;

namespace AITrader.Architecture.Tests;

/// <summary>Which namespaces of one assembly use which others, read from the compiled code.</summary>
/// <remarks>
/// A namespace and its parent are two namespaces. Types without a namespace count on neither side, nor do types that the compiler or a
/// source generator made (their names begin with <c>&lt;</c>). A nested type belongs to its outermost one. Constants leave no reference.
/// </remarks>
internal sealed class NamespaceGraph
{
    // From one namespace to another: the first pair of types that makes the edge.
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _edges = new(StringComparer.Ordinal);

    private NamespaceGraph() { }

    public static NamespaceGraph Read(Stream assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var graph = new NamespaceGraph();
        foreach (var type in module.Types.Where(IsWritten).OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            foreach (var used in TypeUses.Of(type).Select(Outermost).Where(IsWritten))
            {
                graph.Add(type, used);
            }
        }

        return graph;
    }

    /// <summary>The groups of namespaces that all reach one another.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Circles()
    {
        var reached = _edges.Keys.ToDictionary(static name => name, ReachedFrom, StringComparer.Ordinal);
        return
        [
            .. reached
                .Keys.Where(name => reached[name].Contains(name))
                .Select(name =>
                    reached[name]
                        .Where(other => reached.TryGetValue(other, out var back) && back.Contains(name))
                        .Order(StringComparer.Ordinal)
                )
                .DistinctBy(static circle => string.Join(' ', circle))
                .Select(static circle => (IReadOnlyList<string>)[.. circle]),
        ];
    }

    /// <summary>A circle in words: its namespaces, and for each edge between them a pair of types.</summary>
    public string Describe(IReadOnlyList<string> circle) =>
        $"{string.Join(", ", circle)}:\n{string.Join('\n', circle.SelectMany(from =>
            _edges[from].Where(edge => circle.Contains(edge.Key)).Select(edge => $"    {from} -> {edge.Key}: {edge.Value}")))}";

    private static bool IsWritten(TypeReference type) => type.Namespace.Length > 0 && !type.Name.StartsWith('<');

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private void Add(TypeDefinition user, TypeDefinition used)
    {
        if (user.Namespace == used.Namespace)
        {
            return;
        }

        if (!_edges.TryGetValue(user.Namespace, out var targets))
        {
            _edges[user.Namespace] = targets = new SortedDictionary<string, string>(StringComparer.Ordinal);
        }

        targets.TryAdd(used.Namespace, $"{user.Name} uses {used.Name}");
    }

    private HashSet<string> ReachedFrom(string name)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        while (open.TryPop(out var next))
        {
            foreach (var target in _edges.GetValueOrDefault(next)?.Keys ?? Enumerable.Empty<string>())
            {
                if (found.Add(target))
                {
                    open.Push(target);
                }
            }
        }

        return found;
    }
}
