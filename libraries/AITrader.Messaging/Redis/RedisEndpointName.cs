namespace AITrader.Messaging.Redis;

/// <summary>Identifies the Redis server, so that two systems on one machine do not count each other's instances.</summary>
internal sealed class RedisEndpointName(RedisSettings settings)
{
    public string Value => settings.Value.EndPoints.Count == 0 ? "none" : settings.Value.EndPoints[0].ToString()!;
}
