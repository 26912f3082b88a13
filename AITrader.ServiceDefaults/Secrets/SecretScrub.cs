using System.Text.RegularExpressions;

namespace AITrader.ServiceDefaults.Secrets;

/// <summary>Masks secrets in text that leaves the process, such as logs and answers.</summary>
internal static partial class SecretScrub
{
    private const string Mask = "***";
    private const int MinSecretLength = 6;

    private static readonly Lock Gate = new();
    private static string[] _known = [];

    /// <summary>Remembers values that must never appear, wherever they turn up.</summary>
    public static void Remember(IEnumerable<string?> secrets)
    {
        // Hosts of one process that start side by side must not forget each other's.
        lock (Gate)
        {
            _known =
            [
                .. _known
                    .Concat(secrets.OfType<string>().Where(static secret => secret.Length >= MinSecretLength))
                    .Distinct(StringComparer.Ordinal)
                    .OrderByDescending(static secret => secret.Length),
            ];
        }
    }

    /// <summary>The text with secrets masked.</summary>
    public static string Clean(string text)
    {
        foreach (var secret in _known)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        text = Assignment().Replace(text, $"$1{Mask}");
        return Token().Replace(text, Mask);
    }

    /// <summary>A named value with secrets masked: all of it where its name says that it is one.</summary>
    public static string Clean(string name, string value) => IsSecretName(name) ? Mask : Clean(value);

    /// <summary>True where a value under this name is a secret whatever it is.</summary>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    /// <summary>The password inside a connection string, if there is one.</summary>
    public static string? PasswordIn(string? connectionString) =>
        connectionString is not null && Password().Match(connectionString) is { Success: true } match
            ? match.Groups[1].Value.Trim().Trim('\'', '"')
            : null;

    // Host=db;Password=hunter2 or redis:6379,password=hunter2 or api_key: abc
    [GeneratedRegex(
        """((?:password|pwd|secret|api[_-]?key|signing[_-]?key|(?:access|request|refresh)[_-]?token)["']?\s*[=:]\s*["']?)[^\s;,"'&]+""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Assignment();

    // Authorization: Bearer eyJ…, bare JSON web tokens, codes of sign-in links, the password of postgres://user:password@host.
    [GeneratedRegex(
        @"(?<=(?:bearer|adminkey|authorization:\s*token)\s)[\w\-.~+/:]+=*|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*|\bait_[\w-]{20,}|(?<=sign-in=)[\w-]+|(?<=://[^\s:/@]*:)[^\s:/@]+(?=@)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Token();

    [GeneratedRegex(
        "password|passwd|secret|authorization|api_?key|admin_?key|signing_?key|(access|request|refresh)_?token|cookie",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex SecretName();

    [GeneratedRegex("""(?:password|pwd)\s*=\s*("[^"]*"|'[^']*'|[^;,]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
