using System.Data.Common;
using System.Net.Sockets;

namespace AITrader.Messaging;

/// <summary>Recognises failures that pass by themselves, such as an unreachable service: retrying helps.</summary>
public static class TransientFailures
{
    // Classes of SQLSTATE with which a database refuses the data of a command: a text or number that no column holds, and a broken
    // constraint.
    private static readonly string[] DataErrorClasses = ["22", "23"];

    /// <summary>True for unreachable services, timeouts, databases that refuse for any reason but the data, and every exception that wraps
    /// one of them.</summary>
    /// <remarks>A missing privilege or table is not the fault of an entry either: the entry waits until an operator has repaired the
    /// database.</remarks>
    public static bool Includes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (
                cause
                    is BusUnavailableException
                        or TimeoutException
                        or IOException
                        or SocketException
                        or HttpRequestException
                        or OperationCanceledException
                || (cause is DbException refusal && !IsDataError(refusal))
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDataError(DbException refusal) =>
        refusal.SqlState is { } state && Array.Exists(DataErrorClasses, known => state.StartsWith(known, StringComparison.Ordinal));
}
