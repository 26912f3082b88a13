using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Rest;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers.Kite;

/// <summary>Signs in at Kite: with the token that a person has put into a file, or by the login page where it asks nothing.</summary>
internal sealed class KiteSignIn(KiteClient client, IOptions<KiteOptions> options)
{
    private string _used = string.Empty;

    /// <exception cref="KiteException">Kite does not let us in, or there is no token of today.</exception>
    public async Task<KiteCredentials> SignInAsync(CancellationToken ct)
    {
        var kite = options.Value;
        if (kite.AccessTokenFile.Length > 0)
        {
            return new KiteCredentials(kite.ApiKey, await ReadTokenAsync(kite.AccessTokenFile, ct));
        }

        var token = await client.RequestTokenAsync(kite.Address!, kite.ApiKey, ct);
        return (await client.CreateSessionAsync(kite.ApiKey, token, kite.ApiSecret, ct)).Credentials;
    }

    // A token that was over once is not tried again: a person has to put another one there.
    private async Task<string> ReadTokenAsync(string file, CancellationToken ct)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(file, ct)).Trim();
            if (token.Length > 0 && token != _used)
            {
                return _used = token;
            }
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw Refusal($"the access token cannot be read from Kite:AccessTokenFile: {missing.Message}");
        }

        throw Refusal("the access token in Kite:AccessTokenFile is over: sign in at Kite and put the new one there");
    }

    private static KiteException Refusal(string text) => new(System.Net.HttpStatusCode.Forbidden, "TokenException", text);
}
