using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Gateway;

/// <summary>A session at the gateway.</summary>
/// <param name="Run">The host's run that it was opened in.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record Session(string Run, string Token, DateTimeOffset ExpiresAt);

/// <summary>Keeps the session between commands, readable by its owner only, so that each command need not sign in anew.</summary>
internal sealed class TokenStore(HomeFolder home, TimeProvider time)
{
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(1);

    private string FilePath => Path.Combine(home.Run, "session.json");

    /// <summary>The session of a run; null where there is none that is still good.</summary>
    public Session? Find(string run)
    {
        try
        {
            var session = JsonSerializer.Deserialize(File.ReadAllText(FilePath), SessionJson.Default.Session);
            return session is not null && session.Run == run && session.ExpiresAt > time.GetUtcNow() + Reserve ? session : null;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The host has stopped: nobody needs it any more.</summary>
    public void Forget()
    {
        if (Directory.Exists(home.Run))
        {
            File.Delete(FilePath);
        }
    }

    public Task KeepAsync(Session session, CancellationToken cancellationToken) =>
        PrivateFiles.WriteAsync(FilePath, JsonSerializer.Serialize(session, SessionJson.Default.Session), cancellationToken);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Session))]
internal sealed partial class SessionJson : JsonSerializerContext;
