namespace AITrader.Messaging;

/// <summary>Memory usage of Redis.</summary>
/// <param name="Used">Bytes in use.</param>
/// <param name="Limit">Limit in bytes above which Redis refuses writes or evicts keys; 0 for no limit.</param>
/// <param name="Policy">The eviction policy at the limit (<c>maxmemory-policy</c>).</param>
public sealed record BusMemory(long Used, long Limit, string Policy)
{
    /// <summary>The policy that refuses writes at the limit; every other policy evicts keys.</summary>
    public const string Refuses = "noeviction";

    /// <summary>Used share of the limit; 0 where there is no limit.</summary>
    public double Share => Limit > 0 ? (double)Used / Limit : 0;
}
