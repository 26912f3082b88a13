using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Auth;

/// <summary>Sign-in links that were made and not used yet. The database knows a code's hash alone.</summary>
internal sealed class SignInLinks(SignInStore store, SignInCodes codes, IOptions<AuthOptions> options)
{
    /// <summary>Makes a code for the user; forgets those whose time is over.</summary>
    public async Task<(string Code, DateTimeOffset ExpiresAt)> CreateAsync(UserRow user, CancellationToken ct)
    {
        var code = codes.Create();
        return (code, await store.AddAsync(user.Id, SignInCodes.HashOf(code), options.Value.LinkLifetime, ct));
    }

    /// <summary>Takes a code, once: of two that come together with it, one signs in.</summary>
    public async Task<RedeemOutcome> RedeemAsync(string code, CancellationToken ct)
    {
        if (!codes.IsGenuine(code))
        {
            return new RedeemOutcome.Unknown();
        }

        return await store.TakeAsync(SignInCodes.HashOf(code), options.Value.SessionLifetime, ct) is { } user
            ? new RedeemOutcome.SignedIn(user)
            : new RedeemOutcome.Over();
    }
}
