namespace AITrader.ServiceDefaults.ServiceAuth;

/// <summary>Settings of the tokens with which services call each other.</summary>
internal sealed class ServiceAuthOptions
{
    public const string Section = "ServiceAuth";

    /// <summary>The minimum length of the key in characters, as HMAC-SHA256 demands.</summary>
    public const int MinKeyLength = 32;

    /// <summary>The signing key, which all services share. Without a key, internal endpoints refuse everybody.</summary>
    public string? Key { get; set; }

    /// <summary>How long a token is valid.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(1);
}
