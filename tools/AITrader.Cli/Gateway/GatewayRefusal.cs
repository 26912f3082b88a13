using System.Net;
using AITrader.Cli.Failures;

namespace AITrader.Cli.Gateway;

/// <summary>The gateway refused a request; the text is its own.</summary>
internal sealed class GatewayRefusal(string message, HttpStatusCode status)
    : Refusal(message, status == HttpStatusCode.BadRequest ? ExitCodes.Usage : ExitCodes.Failed)
{
    /// <summary>Status of its answer.</summary>
    public HttpStatusCode Status { get; } = status;
}
