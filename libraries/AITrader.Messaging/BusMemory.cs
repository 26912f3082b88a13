namespace AITrader.Messaging;

/// <summary>Memory of Redis.</summary>
/// <param name="Used">Bytes in use.</param>
/// <param name="Limit">Bytes from which on it refuses to write; 0 where there is no limit.</param>
/// <param name="Policy">What it does at the limit.</param>
public sealed record BusMemory(long Used, long Limit, string Policy)
{
    /// <summary>The policy with which it refuses writes; every other one throws keys away.</summary>
    public const string Refuses = "noeviction";

    /// <summary>Share of the limit that is used; 0 where there is none.</summary>
    public double Share => Limit > 0 ? (double)Used / Limit : 0;
}
