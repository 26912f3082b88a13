namespace AITrader.Backend.Data;

/// <summary>A value that is read again when it is too old, by one caller for all who wait.</summary>
internal sealed class CachedValue<T>(Func<CancellationToken, Task<T>> read, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private (T Value, long At)? _last;

    public async Task<T> GetAsync(TimeSpan maxAge, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_last is { } last && time.GetElapsedTime(last.At) < maxAge)
            {
                return last.Value;
            }

            var value = await read(ct);
            _last = (value, time.GetTimestamp());
            return value;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
