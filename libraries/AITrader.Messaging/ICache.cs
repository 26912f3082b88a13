namespace AITrader.Messaging;

/// <summary>Cached values, each with a time to live. Keys come from <see cref="AITrader.Contracts.CacheKeys"/>.</summary>
public interface ICache
{
    /// <summary>Returns a value, or null where the key has none.</summary>
    /// <exception cref="BusUnavailableException">Redis cannot be reached.</exception>
    Task<string?> GetAsync(string key, CancellationToken ct);

    /// <summary>Stores a value for a limited time.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it.</exception>
    Task SetAsync(string key, string value, TimeSpan ttl, CancellationToken ct);

    /// <summary>Stores several values for a limited time, in one round trip.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it.</exception>
    Task SetManyAsync(IReadOnlyList<KeyValuePair<string, string>> items, TimeSpan ttl, CancellationToken ct);

    /// <summary>Removes a value.</summary>
    /// <exception cref="BusUnavailableException">Redis did not confirm it.</exception>
    Task RemoveAsync(string key, CancellationToken ct);
}
