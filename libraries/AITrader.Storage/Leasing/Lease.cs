namespace AITrader.Storage.Leasing;

/// <summary>A right that one process has at a time.</summary>
/// <param name="Name">To what.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="Token">Which holder that is: 1 for the first one, 2 for the next.</param>
public sealed record Lease(string Name, string Holder, long Token);

/// <summary>What came of asking for a lease.</summary>
/// <param name="Lease">The lease; null where another one has it.</param>
/// <param name="Holder">Who has it now.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record LeaseAnswer(Lease? Lease, string Holder, DateTimeOffset ExpiresAt);

/// <summary>The lease has gone to another process: nothing may be written under this one any more.</summary>
public sealed class LeaseLostException : Exception
{
    /// <summary>Says which.</summary>
    public LeaseLostException(Lease lease)
        : base(
            $"The lease '{lease?.Name}' of {lease?.Holder} (number {lease?.Token}) has ended: another process has it, or nobody. Nothing was written."
        ) { }
}
