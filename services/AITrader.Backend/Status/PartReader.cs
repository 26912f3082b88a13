using System.Collections.Concurrent;
using AITrader.Messaging;

namespace AITrader.Backend.Status;

/// <summary>Reads the parts of a status, each within its deadline: what hangs or is unreachable is named and left out, and delays nothing
/// else up.</summary>
/// <remarks>A part that does not heed its token goes on in the background with what it uses; it must take nothing that ends with the
/// request.</remarks>
internal sealed class PartReader(TimeSpan deadline, TimeProvider time)
{
    private readonly ConcurrentQueue<string> _troubles = [];

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<string> Troubles => [.. _troubles.Order(StringComparer.Ordinal)];

    /// <summary>The part; the default value where it could not be read.</summary>
    public async Task<T?> ReadAsync<T>(string part, Func<CancellationToken, Task<T>> read, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        var reading = read(either.Token);
        _ = reading.ContinueWith(
            static late => late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        try
        {
            return await reading.WaitAsync(either.Token);
        }
        catch (Exception failure)
            when (!ct.IsCancellationRequested && (limit.IsCancellationRequested || TransientFailures.Includes(failure)))
        {
            _troubles.Enqueue(
                limit.IsCancellationRequested ? $"{part}: no answer in {deadline.TotalSeconds:0.#} s" : $"{part}: cannot be reached"
            );
            return default;
        }
    }
}
