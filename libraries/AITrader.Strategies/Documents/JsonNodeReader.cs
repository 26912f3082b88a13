using System.Text.Json;
using AITrader.Strategies.Loading;

namespace AITrader.Strategies.Documents;

/// <summary>A node of a document and where it is, so that an error names the node.</summary>
internal readonly record struct JsonNodeReader(JsonElement Value, string Path, string File)
{
    internal StrategyLoadException Failure(string problem) => new($"{File}: {Path}: {problem}");

    /// <summary>A member; null where there is none.</summary>
    internal JsonNodeReader? Find(string name) =>
        Value.TryGetProperty(name, out var found) ? new JsonNodeReader(found, $"{Path}.{name}", File) : null;

    /// <summary>The members, each of a name that is known.</summary>
    internal IEnumerable<(string Name, JsonNodeReader Node)> Members(params string[] known)
    {
        Require(JsonValueKind.Object, "an object");
        foreach (var member in Value.EnumerateObject())
        {
            yield return known.Length == 0 || known.Contains(member.Name) || member.Name.StartsWith('$')
                ? (member.Name, new JsonNodeReader(member.Value, $"{Path}.{member.Name}", File))
                : throw Failure($"'{member.Name}' is not known here; there are {string.Join(", ", known)}");
        }
    }

    /// <summary>The one member of an object, such as <c>{ "ema": 10 }</c>.</summary>
    internal (string Name, JsonNodeReader Node) Only(params string[] known)
    {
        var members = Members(known).ToList();
        return members.Count == 1 ? members[0] : throw Failure($"must have one of {string.Join(", ", known)}");
    }

    internal IReadOnlyList<JsonNodeReader> Items()
    {
        Require(JsonValueKind.Array, "a list");
        var (path, file) = (Path, File);
        return [.. Value.EnumerateArray().Select((item, i) => new JsonNodeReader(item, $"{path}[{i}]", file))];
    }

    internal string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Failure("must be a text");

    private void Require(JsonValueKind kind, string what)
    {
        if (Value.ValueKind != kind)
        {
            throw Failure($"must be {what}");
        }
    }
}
