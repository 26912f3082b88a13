namespace AITrader.ServiceDefaults.ServiceAuth;

/// <summary>How services prove to each other who they are.</summary>
internal sealed class ServiceAuthOptions
{
    public const string Section = "ServiceAuth";

    /// <summary>The fewest characters of a key that HMAC-SHA256 takes.</summary>
    public const int MinKeyLength = 32;

    /// <summary>Shared by all services. Without one, internal endpoints refuse everybody.</summary>
    public string? Key { get; set; }

    /// <summary>For how long a token is good.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(1);
}
