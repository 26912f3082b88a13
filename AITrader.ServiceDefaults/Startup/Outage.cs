using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.Startup;

/// <summary>Distinguishes outages (a dependency is down, a setting is wrong) from bugs.</summary>
internal static class Outage
{
    // ServiceDefaults must not reference the client libraries, so their exceptions are recognized by name. An answer of Redis to a wrong
    // command is not among them.
    private static readonly string[] ClientFailures =
    [
        "StackExchange.Redis.RedisConnectionException",
        "StackExchange.Redis.RedisTimeoutException",
        "AITrader.Messaging.BusUnavailableException",
        "Polly.",
    ];

    // SQL states on the database itself: no connection, a standby, no access, no such database or schema yet, a transaction to retry, no
    // room, locked, shut down, a broken disk. All others are about the statement, which is no outage.
    private static readonly string[] DatabaseStates = ["08", "25006", "28", "3D", "3F", "40", "42P01", "53", "55", "57", "58"];

    /// <summary>True for an outage, of which a stack trace would say no more than the message.</summary>
    public static bool Is(Exception failure)
    {
        for (var current = failure; current is not null; current = current.InnerException)
        {
            if (IsItself(current))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One line: the innermost cause says what went wrong, the outermost where.</summary>
    public static string Describe(Exception failure)
    {
        var root = failure.GetBaseException();
        var text =
            ReferenceEquals(root, failure) || failure.Message.Contains(root.Message, StringComparison.OrdinalIgnoreCase)
                ? failure.Message
                : $"{failure.Message} ({root.Message})";
        return OneLine(text);
    }

    /// <summary>The text without line breaks.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static bool IsItself(Exception failure) =>
        failure is DbException refusal
            ? refusal.SqlState is not { } state || Array.Exists(DatabaseStates, known => state.StartsWith(known, StringComparison.Ordinal))
            : failure
                is SocketException
                    or IOException
                    or TimeoutException
                    or HttpRequestException
                    or OperationCanceledException
                    or OptionsValidationException
                    or SettingException
                || Array.Exists(ClientFailures, known => failure.GetType().FullName?.StartsWith(known, StringComparison.Ordinal) == true);
}
