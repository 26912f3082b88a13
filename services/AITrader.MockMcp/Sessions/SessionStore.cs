using System.Security.Cryptography;
using AITrader.MockMcp.Market;
using AITrader.Venues.Kite.Rest;
using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Sessions;

/// <summary>Request tokens and access tokens. Safe from any thread.</summary>
internal sealed class SessionStore(IOptions<KiteOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan RequestLife = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string ApiKey, DateTimeOffset End)> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string ApiKey, DateTimeOffset End)> _sessions = new(StringComparer.Ordinal);

    /// <summary>Creates a request token for a user who signed in; null for an unknown API key.</summary>
    public string? SignIn(string? apiKey)
    {
        if (apiKey is null || SecretOf(apiKey) is null)
        {
            return null;
        }

        var token = NewToken();
        lock (_gate)
        {
            _requests[token] = (apiKey, clock.GetUtcNow() + RequestLife);
        }

        return token;
    }

    /// <summary>Exchanges a request token for an access token, once; null where the request is invalid.</summary>
    public string? Open(string? apiKey, string? requestToken, string? checksum)
    {
        if (
            apiKey is null
            || requestToken is null
            || SecretOf(apiKey) is not { } secret
            || checksum != KiteLogin.Checksum(apiKey, requestToken, secret)
        )
        {
            return null;
        }

        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (!_requests.Remove(requestToken, out var request) || request.End < now || request.ApiKey != apiKey)
            {
                return null;
            }

            // A new login ends the previous session of its app.
            foreach (var old in _sessions.Where(session => session.Value.ApiKey == apiKey).ToList())
            {
                _sessions.Remove(old.Key);
            }

            var access = NewToken();
            _sessions[access] = (apiKey, IndianTime.SessionEnd(now));
            return access;
        }
    }

    public bool IsOpen(string? apiKey, string? accessToken)
    {
        lock (_gate)
        {
            return accessToken is not null
                && _sessions.TryGetValue(accessToken, out var session)
                && session.ApiKey == apiKey
                && clock.GetUtcNow() < session.End;
        }
    }

    public bool Close(string? accessToken)
    {
        lock (_gate)
        {
            return accessToken is not null && _sessions.Remove(accessToken);
        }
    }

    /// <summary>Ends all sessions, as Kite does at 06:00.</summary>
    public void EndAll()
    {
        lock (_gate)
        {
            _sessions.Clear();
        }
    }

    private string? SecretOf(string apiKey) =>
        apiKey == options.Value.ApiKey ? options.Value.ApiSecret
        : apiKey == McpApp.Key ? McpApp.Secret
        : null;

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
