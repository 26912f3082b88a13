using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Who may come in. Secrets have no defaults: without them the gateway does not start.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>Key that signs session tokens (HMAC-SHA256).</summary>
    [Required(ErrorMessage = "set Auth:SigningKey, at least 32 characters")]
    [MinLength(32, ErrorMessage = "set Auth:SigningKey, at least 32 characters")]
    public string SigningKey { get; set; } = string.Empty;

    /// <summary>Key with which the machine's operator has sign-in links made. It does not sign in by itself.</summary>
    /// <remarks>22 letters and digits are 130 bits.</remarks>
    [Required(ErrorMessage = "set Auth:AdminKey, at least 22 characters")]
    [MinLength(22, ErrorMessage = "set Auth:AdminKey, at least 22 characters")]
    public string AdminKey { get; set; } = string.Empty;

    /// <summary>Name of the user that is made at the first start. Default admin.</summary>
    [Required]
    public string AdminUsername { get; set; } = "admin";

    /// <summary>For how long a sign-in link is good, unless it is used before. Default 1 h, which is also the longest.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For how long a session is good. Default 8 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>After how long a request notices that its user was removed or given another role; a connection may take twice as long.
    /// Default 15 s, at most 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan UserCheckInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long known users stay signed in while the database does not answer. Default 10 min, at most 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan OutageGrace { get; set; } = TimeSpan.FromMinutes(10);
}

[OptionsValidator]
internal sealed partial class AuthOptionsValidator : IValidateOptions<AuthOptions>;
