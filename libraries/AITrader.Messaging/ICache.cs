namespace AITrader.Messaging;

/// <summary>Values that may be forgotten: each has a time to live. Keys come from <see cref="AITrader.Contracts.CacheKeys"/>.</summary>
public interface ICache
{
    /// <summary>The value, or null.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<string?> GetAsync(string key, CancellationToken ct);

    /// <summary>Keeps a value for a time.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it.</exception>
    Task SetAsync(string key, string value, TimeSpan ttl, CancellationToken ct);

    /// <summary>Keeps several values for a time, in one round trip.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it.</exception>
    Task SetManyAsync(IReadOnlyList<KeyValuePair<string, string>> items, TimeSpan ttl, CancellationToken ct);

    /// <summary>Forgets a value.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it.</exception>
    Task RemoveAsync(string key, CancellationToken ct);
}
