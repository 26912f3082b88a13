using AITrader.Inference.Execution;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Repository;

/// <summary>A loaded and warmed-up version of a model. Requests hold it while they run; a retired version is closed when the last request
/// has released it.</summary>
internal sealed class ModelVersion
{
    private readonly IExecutor _executor;
    private readonly ResponseCache? _cache;
    private readonly InferenceMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the repository, one for each request; at zero the sessions are closed.
    private int _holders = 1;

    public ModelVersion(
        ModelIdentity identity,
        ProviderChoice choice,
        ModelSignature signature,
        IExecutor executor,
        ResponseCache? cache,
        InferenceMetrics metrics,
        TimeProvider clock
    )
    {
        Identity = identity;
        Choice = choice;
        Signature = signature;
        Statistics = new ModelStatistics(clock);
        _executor = executor;
        _cache = cache;
        _metrics = metrics;
        _clock = clock;
    }

    public ModelIdentity Identity { get; }

    public ProviderChoice Choice { get; }

    public string Provider => Choice.Name;

    public IReadOnlyList<StepDown> StepDowns => Choice.StepDowns;

    public ModelSignature Signature { get; }

    public ModelStatistics Statistics { get; }

    public OutcomeStatistics Outcomes { get; } = new();

    public int Pending => _executor.Pending;

    /// <summary>Completes when the memory of a retired version is free.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Holds the version for a request; false where the version is already closed.</summary>
    public bool TryHold()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0; )
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return true;
            }

            holders = seen;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _ = CloseAsync();
        }
    }

    /// <summary>Runs one request; its inputs may come in any order.</summary>
    /// <exception cref="InferenceException">The request was refused, timed out or failed.</exception>
    public async ValueTask<CompletedRun> InferAsync(IReadOnlyList<Tensor> inputs, CallTerms terms, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var outcome = "cancelled";
        try
        {
            var arranged = Signature.Arrange(inputs);
            var done = _cache is null
                ? await RunAsync(arranged, terms, cancellationToken)
                : await LookUpAsync(_cache, arranged, terms, cancellationToken);
            outcome = "success";
            Statistics.Succeeded(done, _clock.GetElapsedTime(start));
            _metrics.Executed(this, done);
            return done;
        }
        catch (InferenceException refusal)
        {
            outcome = refusal.Reason;
            Statistics.Failed(_clock.GetElapsedTime(start));
            throw;
        }
        finally
        {
            _metrics.Answered(this, outcome, _clock.GetElapsedTime(start));
        }
    }

    /// <summary>Runs one request past the cache and the statistics; the inputs are in the order of the model.</summary>
    /// <exception cref="InferenceException">The request was refused, timed out or failed.</exception>
    public async ValueTask<CompletedRun> RunAsync(Tensor[] inputs, CallTerms terms, CancellationToken cancellationToken)
    {
        if (terms.Timeout is not { } timeout)
        {
            return await _executor.RunAsync(inputs, terms, cancellationToken);
        }

        using var limit = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _executor.RunAsync(inputs, terms, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw InferenceException.TimedOut(Identity.Name, timeout);
        }
    }

    private async ValueTask<CompletedRun> LookUpAsync(
        ResponseCache cache,
        Tensor[] inputs,
        CallTerms terms,
        CancellationToken cancellationToken
    )
    {
        var start = _clock.GetTimestamp();
        var key = ResponseCache.KeyOf(inputs);
        if (cache.TryGet(key, out var outputs))
        {
            return CompletedRun.Of(outputs) with { Lookup = CacheLookup.Hit, LookupTime = _clock.GetElapsedTime(start) };
        }

        var looked = _clock.GetElapsedTime(start);
        var done = await RunAsync(inputs, terms, cancellationToken);
        cache.Add(key, done.Outputs);
        return done with { Lookup = CacheLookup.Miss, LookupTime = looked };
    }

    private async Task CloseAsync()
    {
        await _executor.DisposeAsync();
        _cache?.Dispose();
        _closed.SetResult();
    }
}

/// <summary>Identifies a version of a model and the state of its files when they were read.</summary>
internal sealed record ModelIdentity(string Name, int Version, string Path, string Stamp)
{
    public string VersionText { get; } = Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
