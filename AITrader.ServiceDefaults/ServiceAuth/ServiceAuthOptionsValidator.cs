using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.ServiceAuth;

/// <summary>Accepts an absent key, with which internal endpoints refuse everybody, and refuses one that is too short.</summary>
internal sealed class ServiceAuthOptionsValidator : IValidateOptions<ServiceAuthOptions>
{
    private static readonly TimeSpan MinLifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, ServiceAuthOptions options) =>
        options switch
        {
            { Key: { Length: > 0 and < ServiceAuthOptions.MinKeyLength } } => ValidateOptionsResult.Fail(
                $"{ServiceAuthOptions.Section}:Key must have at least {ServiceAuthOptions.MinKeyLength} characters"
            ),
            _ when options.Lifetime < MinLifetime || options.Lifetime > MaxLifetime => ValidateOptionsResult.Fail(
                $"{ServiceAuthOptions.Section}:Lifetime must be between {MinLifetime} and {MaxLifetime}"
            ),
            _ => ValidateOptionsResult.Success,
        };
}
