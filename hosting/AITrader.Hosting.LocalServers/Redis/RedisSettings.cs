namespace AITrader.Hosting.LocalServers.Redis;

/// <summary>Settings of a Redis server, for a container's arguments and for a process's file alike.</summary>
/// <param name="Directives">Names and values as in <c>redis.conf</c>, without the password.</param>
public sealed record RedisSettings(IReadOnlyDictionary<string, string> Directives)
{
    /// <summary>As arguments of <c>redis-server</c>.</summary>
    public IEnumerable<string> ToArguments() => Directives.SelectMany(static directive => new[] { $"--{directive.Key}", directive.Value });

    /// <summary>As the text of a <c>redis.conf</c> that listens on loopback and asks for a password.</summary>
    internal string ToFile(int port, string folder, string password)
    {
        IEnumerable<string> lines =
        [
            $"port {port}",
            "bind 127.0.0.1 -::1",
            $"dir {Quote(folder)}",
            $"requirepass {Quote(password)}",
            .. Directives.Select(static directive => $"{directive.Key} {directive.Value}"),
        ];
        return string.Join('\n', lines) + '\n';
    }

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
