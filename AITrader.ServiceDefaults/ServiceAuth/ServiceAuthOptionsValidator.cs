using Microsoft.Extensions.Options;

namespace AITrader.ServiceDefaults.ServiceAuth;

/// <summary>No key is allowed and closes the door; a weak one is a mistake.</summary>
internal sealed class ServiceAuthOptionsValidator : IValidateOptions<ServiceAuthOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, ServiceAuthOptions options) =>
        options switch
        {
            { Key: { Length: > 0 and < ServiceAuthOptions.MinKeyLength } } => ValidateOptionsResult.Fail(
                $"{ServiceAuthOptions.Section}:Key must have at least {ServiceAuthOptions.MinKeyLength} characters"
            ),
            _ when options.Lifetime < Shortest || options.Lifetime > Longest => ValidateOptionsResult.Fail(
                $"{ServiceAuthOptions.Section}:Lifetime must be between {Shortest} and {Longest}"
            ),
            _ => ValidateOptionsResult.Success,
        };
}
