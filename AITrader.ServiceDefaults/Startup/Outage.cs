using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.Startup;

/// <summary>Tells expected trouble (something else is down, a setting is wrong) from a bug.</summary>
internal static class Outage
{
    // ServiceDefaults must not know the client libraries; their failures are told by name.
    private static readonly string[] ClientLibraries = ["StackExchange.Redis", "Polly", "Npgsql"];

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
        var text = ReferenceEquals(root, failure) || failure.Message.Contains(root.Message, StringComparison.OrdinalIgnoreCase)
            ? failure.Message
            : $"{failure.Message} ({root.Message})";
        return OneLine(text);
    }

    /// <summary>The text without line breaks.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static bool IsItself(Exception failure) =>
        failure is DbException or SocketException or IOException or TimeoutException or HttpRequestException
            or OperationCanceledException or OptionsValidationException or SettingException
        || Array.Exists(ClientLibraries, library => failure.GetType().Namespace?.StartsWith(library, StringComparison.Ordinal) == true);
}
