using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A pair of pipes that counts. Mirrors Pipelines.Sockets.Unofficial 2.2, as far as StackExchange.Redis 2.13 calls it.</summary>
public interface IMeasuredDuplexPipe : IDuplexPipe
{
    /// <summary>Bytes handed to the transport.</summary>
    long TotalBytesSent { get; }

    /// <summary>Bytes taken from the transport.</summary>
    long TotalBytesReceived { get; }
}
