using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Fetching;

/// <summary>How pages are asked for.</summary>
internal sealed class FetchOptions
{
    public const string Section = "Fetch";

    /// <summary>Who asks, as each request says. Authorities such as the SEC want a name and an address of e-mail in it.</summary>
    [Required]
    public string UserAgent { get; set; } = "AITrader/0.1";

    /// <summary>How long an answer may take, redirects and body included. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Largest answer, unpacked, in bytes. Default 5 MiB.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 5 * 1024 * 1024;

    /// <summary>Redirects that are followed for one request. Default 5.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Least time between two requests to one host. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan HostInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause after a first failure of a source; it doubles with each. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest such pause. Default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Hosts with their ports, such as <c>localhost:9001</c>, that may be at addresses that are not public. All other sources are
    /// reached only at public ones.</summary>
    public IList<string> AllowedPrivate { get; } = [];
}

/// <summary>Checks the options when the service starts.</summary>
[OptionsValidator]
internal sealed partial class FetchOptionsValidator : IValidateOptions<FetchOptions>;
