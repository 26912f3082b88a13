using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AITrader.MockMcp.Sessions;
using AITrader.Venues.Kite.Rest;

namespace AITrader.MockMcp.Mcp;

/// <summary>Which MCP session is signed in. A login hangs on the MCP session id: a client that loses or renews its session has to sign in
/// again. Safe from any thread.</summary>
internal sealed class McpLogins(SessionStore sessions, TimeProvider clock)
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LoginLife = TimeSpan.FromHours(12);

    private readonly Lock _gate = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<string, (string AccessToken, DateTimeOffset End)> _logins = new(StringComparer.Ordinal);

    /// <summary>Where the user signs in for an MCP session.</summary>
    public string Link(Uri origin, string mcpSession)
    {
        var redirect = Uri.EscapeDataString($"session_id={Uri.EscapeDataString(Sign(mcpSession, clock.GetUtcNow()))}");
        return $"{KiteLogin.Address(origin, McpApp.Key)}&redirect_params={redirect}";
    }

    /// <summary>Takes what the login page sent the user back with; false where the link is not ours, is too old, or was used
    /// before.</summary>
    public bool Complete(string signed, string requestToken)
    {
        if (SessionOf(signed) is not { } mcpSession)
        {
            return false;
        }

        var checksum = KiteLogin.Checksum(McpApp.Key, requestToken, McpApp.Secret);
        if (sessions.Open(McpApp.Key, requestToken, checksum) is not { } access)
        {
            return false;
        }

        lock (_gate)
        {
            _logins[mcpSession] = (access, clock.GetUtcNow() + LoginLife);
        }

        return true;
    }

    /// <summary>The access token of an MCP session; null where nobody signed in for it.</summary>
    public string? Find(string? mcpSession)
    {
        lock (_gate)
        {
            if (mcpSession is null || !_logins.TryGetValue(mcpSession, out var login))
            {
                return null;
            }

            if (clock.GetUtcNow() < login.End)
            {
                return login.AccessToken;
            }

            _logins.Remove(mcpSession);
            return null;
        }
    }

    public void Forget(string mcpSession)
    {
        lock (_gate)
        {
            _logins.Remove(mcpSession);
        }
    }

    private string Sign(string mcpSession, DateTimeOffset at)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{mcpSession}|{at.ToUnixTimeSeconds()}");
        return $"{text}.{Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)))}";
    }

    private string? SessionOf(string signed)
    {
        var bar = signed.LastIndexOf('|');
        var dot = signed.LastIndexOf('.');
        if (
            bar < 0
            || dot < bar
            || !long.TryParse(signed[(bar + 1)..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        )
        {
            return null;
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
        var isOurs = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(signed[..bar], at)),
            Encoding.UTF8.GetBytes(signed)
        );
        return isOurs && clock.GetUtcNow() - at < LinkLife ? signed[..bar] : null;
    }
}
