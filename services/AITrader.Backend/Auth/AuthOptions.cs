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

    /// <summary>Code that signs the administrator in.</summary>
    [Required(ErrorMessage = "set Auth:SignInCode, at least 8 characters")]
    [MinLength(8, ErrorMessage = "set Auth:SignInCode, at least 8 characters")]
    public string SignInCode { get; set; } = string.Empty;

    /// <summary>Name of the user that is made at the first start. Default admin.</summary>
    [Required]
    public string AdminUsername { get; set; } = "admin";

    /// <summary>For how long a session is good. Default 8 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(8);
}

[OptionsValidator]
internal sealed partial class AuthOptionsValidator : IValidateOptions<AuthOptions>;
