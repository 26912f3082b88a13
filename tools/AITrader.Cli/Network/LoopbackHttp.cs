using System.Diagnostics.CodeAnalysis;

namespace AITrader.Cli.Network;

/// <summary>Http and https to what runs on this machine.</summary>
internal static class LoopbackHttp
{
    /// <summary>A handler that takes this user's developer certificate for what it is.</summary>
    public static SocketsHttpHandler CreateHandler() =>
        new()
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = static (_, shown, _, errors) => DeveloperCertificate.Accept(shown, errors),
            },
            UseProxy = false,
        };

    /// <summary>A client without a limit of its own: whoever calls sets one.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of the handler.")]
    public static HttpClient CreateClient() => new(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
}
