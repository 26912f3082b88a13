using System.Net;

namespace AITrader.Venues.Kite;

/// <summary>Kite refused a request, or answered what cannot be understood.</summary>
public sealed class KiteException : Exception
{
    /// <summary>Says what Kite said.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="errorType">Kite's error_type, kept as it came; empty where the answer had none.</param>
    /// <param name="message">Kite's message.</param>
    /// <param name="inner">Cause, where parsing failed.</param>
    public KiteException(HttpStatusCode status, string errorType, string message, Exception? inner = null)
        : base(message, inner)
    {
        Status = status;
        ErrorType = errorType;
    }

    /// <summary>HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Kite's error_type, such as TokenException.</summary>
    public string ErrorType { get; }

    /// <summary>The session is dead: only a new login helps.</summary>
    public bool IsSessionOver => Status == HttpStatusCode.Forbidden || ErrorType == "TokenException";

    /// <summary>Asking again later may help.</summary>
    public bool IsTransient =>
        Status
            is HttpStatusCode.TooManyRequests
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;
}
