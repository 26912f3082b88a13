using Microsoft.AspNetCore.Http;

namespace AITrader.Inference.Failures;

/// <summary>A request that cannot be served; the message is sent to the caller.</summary>
public sealed class InferenceException : Exception
{
    private InferenceException(int status, string reason, string message, Exception? inner = null)
        : base(message, inner)
    {
        Status = status;
        Reason = reason;
    }

    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; }

    /// <summary>Stable identifier of the reason, for metrics and problem types.</summary>
    public string Reason { get; }

    /// <summary>Whether the same request may be served later.</summary>
    public bool IsTemporary => Status == StatusCodes.Status503ServiceUnavailable;

    /// <summary>The same refusal, said of a part of what was asked for.</summary>
    internal InferenceException Within(string part) => new(Status, Reason, $"{part}: {Message}", this);

    internal static InferenceException BadRequest(string message, Exception? inner = null) =>
        new(StatusCodes.Status400BadRequest, "bad-request", message, inner);

    internal static InferenceException UnknownEncoding(string encoding) =>
        new(
            StatusCodes.Status415UnsupportedMediaType,
            "bad-request",
            $"Content-Encoding '{encoding}' is not known here: send the body as it is, or to infer as gzip, deflate or br"
        );

    internal static InferenceException NotFound(string message) => new(StatusCodes.Status404NotFound, "not-found", message);

    internal static InferenceException Unavailable(string message) => new(StatusCodes.Status503ServiceUnavailable, "unavailable", message);

    internal static InferenceException QueueFull(string model, int limit) =>
        new(StatusCodes.Status503ServiceUnavailable, "queue-full", $"queue of model '{model}' is full ({limit} requests wait)");

    internal static InferenceException TimedOut(string model, TimeSpan limit) =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "timeout",
            $"request to model '{model}' took longer than {limit.TotalMilliseconds:0.###} ms"
        );

    internal static InferenceException Unsupported(string message) => new(StatusCodes.Status501NotImplemented, "unsupported", message);

    internal static InferenceException Internal(string message, Exception? inner = null) =>
        new(StatusCodes.Status500InternalServerError, "internal", message, inner);
}
