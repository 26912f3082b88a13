using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Traffic;

/// <summary>How much one caller may ask for, which proxies are believed, and which pages may call.</summary>
internal sealed class TrafficOptions
{
    public const string Section = "Traffic";

    /// <summary>Requests per second of one user. Default 50.</summary>
    [Range(1, 100_000)]
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>Requests of one user that may come at once. Default 200.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 200;

    /// <summary>Requests per second of one address that show no valid token. Default 5.</summary>
    [Range(1, 100_000)]
    public int AnonymousPerSecond { get; set; } = 5;

    /// <summary>Requests without a valid token of one address that may come at once. Default 60.</summary>
    [Range(1, 100_000)]
    public int AnonymousBurst { get; set; } = 60;

    /// <summary>Requests per second of one address, before anybody looks at their tokens. Default 500: several users may share an
    /// address.</summary>
    [Range(1, 1_000_000)]
    public int AddressPerSecond { get; set; } = 500;

    /// <summary>Requests of one address that may come at once. Default 2000.</summary>
    [Range(1, 1_000_000)]
    public int AddressBurst { get; set; } = 2000;

    /// <summary>Wrong codes and keys per minute and address that are answered with a reason. Right ones are always taken. Default
    /// 10.</summary>
    [Range(1, 10_000)]
    public int SignInsPerMinute { get; set; } = 10;

    /// <summary>Addresses and networks (10.1.0.0/16) of reverse proxies: from these alone X-Forwarded-For says who calls. Default
    /// none.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>Proxies that a request passes at most. Default 1.</summary>
    [Range(1, 10)]
    public int ProxyHops { get; set; } = 1;

    /// <summary>Origins whose pages may call. Default none: only the page that is served from the same origin.</summary>
    public IList<string> AllowedOrigins { get; } = [];
}

[OptionsValidator]
internal sealed partial class TrafficOptionsValidator : IValidateOptions<TrafficOptions>;

/// <summary>An address that cannot be parsed would silently be a proxy that is not trusted.</summary>
internal sealed class KnownProxiesValidator : IValidateOptions<TrafficOptions>
{
    public ValidateOptionsResult Validate(string? name, TrafficOptions options) =>
        options.KnownProxies.FirstOrDefault(static text => !IPAddress.TryParse(text, out _) && !IPNetwork.TryParse(text, out _)) is { } bad
            ? ValidateOptionsResult.Fail(
                $"{TrafficOptions.Section}:KnownProxies has '{bad}', which is neither an address nor a network such as 10.1.0.0/16"
            )
            : ValidateOptionsResult.Success;
}
