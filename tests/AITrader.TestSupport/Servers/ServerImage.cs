namespace AITrader.TestSupport.Servers;

/// <summary>The images of servers: those that the AppHost names.</summary>
public static class ServerImage
{
    /// <summary>Redis.</summary>
    public const string Redis = "redis:7.4";

    /// <summary>PostgreSQL.</summary>
    public const string Postgres = "postgres:15";
}
