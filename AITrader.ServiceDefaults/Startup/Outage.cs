using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.Startup;

/// <summary>Tells expected trouble (something else is down, a setting is wrong) from a bug.</summary>
internal static class Outage
{
    // ServiceDefaults must not know the client libraries; their failures are told by name. What Redis answers to a wrong command is none of
    // them.
    private static readonly string[] ClientFailures =
    [
        "StackExchange.Redis.RedisConnectionException",
        "StackExchange.Redis.RedisTimeoutException",
        "AITrader.Messaging.BusUnavailableException",
        "Polly.",
    ];

    // What a database says of itself: no connection, a standby, no access, no such database or schema yet, a transaction that is to be
    // tried again, no
    // room, locked, shut down, a broken disk. All else it says of the command that it was given, and that is no outage.
    private static readonly string[] DatabaseStates = ["08", "25006", "28", "3D", "3F", "40", "42P01", "53", "55", "57", "58"];

    /// <summary>True where a stack trace would say nothing that the message does not.</summary>
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
