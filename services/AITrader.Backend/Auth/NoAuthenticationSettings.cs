using Microsoft.AspNetCore.Authentication;

namespace AITrader.Backend.Auth;

/// <summary>Schemes are set up in code alone; AddAuthentication() would register a reader of configuration here.</summary>
internal sealed class NoAuthenticationSettings : IAuthenticationConfigurationProvider
{
    public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
}
