namespace AITrader.Venues.Kite.Orders;

/// <summary>The session that requests are signed with; another one where it is over. Safe from any thread: of several that find it over,
/// one
/// signs in.</summary>
/// <param name="signIn">Signs in.</param>
public sealed class KiteSessions(Func<CancellationToken, Task<KiteCredentials>> signIn) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private KiteCredentials? _present;

    /// <summary>The present session.</summary>
    /// <exception cref="KiteException">Kite does not let us in.</exception>
    public Task<KiteCredentials> GetAsync(CancellationToken ct) =>
        _present is { } present ? Task.FromResult(present) : RenewAsync(null, ct);

    /// <summary>Another session than the one that is over.</summary>
    /// <exception cref="KiteException">Kite does not let us in.</exception>
    public async Task<KiteCredentials> RenewAsync(KiteCredentials? over, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return _present is { } present && present != over ? present : _present = await signIn(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
