using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Backend;

/// <summary>How much one caller may ask for, and which pages may call.</summary>
internal sealed class TrafficOptions
{
    public const string Section = "Traffic";

    /// <summary>Requests per second of one user, or of one address before sign-in. Default 50.</summary>
    [Range(1, 100_000)]
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>Requests that may come at once. Default 200.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 200;

    /// <summary>Attempts to sign in per minute and address. Default 10.</summary>
    [Range(1, 10_000)]
    public int SignInsPerMinute { get; set; } = 10;

    /// <summary>Origins whose pages may call. Default none: only the page that is served from the same origin.</summary>
    public IList<string> AllowedOrigins { get; } = [];
}

[OptionsValidator]
internal sealed partial class TrafficOptionsValidator : IValidateOptions<TrafficOptions>;
