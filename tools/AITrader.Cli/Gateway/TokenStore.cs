using System.Text.Json;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Gateway;

/// <summary>Keeps the session between commands, readable by its owner only, so that each command need not sign in anew.</summary>
internal sealed class TokenStore(HomeFolder home, TimeProvider time)
{
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(1);

    private string FilePath => Path.Combine(home.Run, "session.json");

    /// <summary>The session of a run; null where there is none, or it expires within a minute.</summary>
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

    /// <summary>Deletes the session, because the host has stopped.</summary>
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
