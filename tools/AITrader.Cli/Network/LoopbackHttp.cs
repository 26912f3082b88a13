using System.Diagnostics.CodeAnalysis;

namespace AITrader.Cli.Network;

/// <summary>Makes HTTP clients for servers of this machine.</summary>
internal static class LoopbackHttp
{
    /// <summary>A handler that trusts this user's developer certificate.</summary>
    public static SocketsHttpHandler CreateHandler() =>
        new()
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = static (_, shown, _, errors) => DeveloperCertificate.Accept(shown, errors),
            },
            UseProxy = false,
        };

    /// <summary>A client without a timeout: each caller sets its own.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes of the handler.")]
    public static HttpClient CreateClient() => new(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
}
