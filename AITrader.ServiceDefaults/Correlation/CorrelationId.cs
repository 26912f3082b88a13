using System.Diagnostics;

namespace AITrader.ServiceDefaults.Correlation;

/// <summary>The id under which one request from outside is known in every service that it touches.</summary>
public static class CorrelationId
{
    /// <summary>The header that carries it, in and out.</summary>
    public const string Header = "X-Correlation-Id";

    private const int MaxLength = 64;

    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>The id of the current request; null outside of a request.</summary>
    public static string? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The id that a caller sent, where it is fit for logs and headers; else the id of the trace.</summary>
    internal static string Accept(string? offered, string fallback) =>
        offered is { Length: > 0 and <= MaxLength } && offered.All(IsPlain) ? offered
        : Activity.Current is { } activity ? activity.TraceId.ToHexString()
        : fallback;

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.';
}
