using System.Data.Common;
using System.Net.Sockets;

namespace AITrader.Messaging;

/// <summary>Failures of what an effect needs, not of the effect: waiting helps.</summary>
public static class TransientFailures
{
    /// <summary>True for unreachable services, databases that say so, time-outs, and anything that wraps one of them.</summary>
    public static bool Includes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is BusUnavailableException or TimeoutException or IOException or SocketException or HttpRequestException or OperationCanceledException
                or DbException { IsTransient: true })
            {
                return true;
            }
        }

        return false;
    }
}
