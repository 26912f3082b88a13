namespace AITrader.Storage.Leasing;

/// <summary>A lease that this process has for now.</summary>
/// <param name="Lease">The lease: what is written asks for it, see <see cref="Leases.RequireAsync"/>.</param>
/// <param name="Lost">Cancelled when it is gone, or may be: whoever reads or decides under it stops.</param>
public sealed record HeldLease(Lease Lease, CancellationToken Lost);
