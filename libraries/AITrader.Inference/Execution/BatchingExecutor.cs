using System.Threading.Channels;
using AITrader.Inference.Failures;
using AITrader.Inference.Tensors;

namespace AITrader.Inference.Execution;

/// <summary>When requests are joined into a batch.</summary>
/// <param name="MaxSize">Maximum number of rows in a batch.</param>
/// <param name="MaxDelay">How long the first request waits for further requests.</param>
internal sealed record BatchLimits(int MaxSize, TimeSpan MaxDelay);

/// <summary>Runs requests that arrive close together as one batch: higher throughput, slightly higher latency.</summary>
/// <remarks>One loop gathers requests; each batch then runs on a lane of its own.</remarks>
internal sealed class BatchingExecutor : IExecutor
{
    private readonly LanePool _lanes;
    private readonly BatchLimits _batching;
    private readonly QueueLimits _queue;
    private readonly string _model;
    private readonly TimeProvider _clock;
    private readonly Channel<Request> _requests;
    private readonly Task _loop;
    private int _pending;
    private int _queued;
    private long _arrivals;

    // Taken and too large for the batch that was being gathered: the first of the next one.
    private Request? _next;

    public BatchingExecutor(string model, LanePool lanes, BatchLimits batching, QueueLimits queue, TimeProvider clock)
    {
        _model = model;
        _lanes = lanes;
        _batching = batching;
        _queue = queue;
        _clock = clock;
        _requests = Channel.CreateUnboundedPrioritized(
            new UnboundedPrioritizedChannelOptions<Request> { SingleReader = true, Comparer = Comparer<Request>.Create(Request.Compare) }
        );
        _loop = Task.Run(GatherAsync);
    }

    public int Pending => Volatile.Read(ref _pending);

    public async ValueTask<CompletedRun> RunAsync(Tensor[] inputs, CallTerms terms, CancellationToken cancellationToken)
    {
        var rows = TensorBatch.RowsOf(inputs)
            ?? throw InferenceException.BadRequest("the inputs differ in their first dimension, the batch");
        if (rows > _batching.MaxSize)
        {
            throw InferenceException.BadRequest($"{rows} rows are more than the model's largest batch, {_batching.MaxSize}");
        }

        using var limit = new CancellationTokenSource(_queue.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var place = (terms.Priority, Interlocked.Increment(ref _arrivals));
        var request = new Request(inputs, rows, place, _clock.GetTimestamp(), either.Token);
        Interlocked.Increment(ref _pending);
        try
        {
            Enqueue(request);
            return await request.Done.Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw InferenceException.TimedOut(_model, _queue.Timeout);
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    private void Enqueue(Request request)
    {
        if (Interlocked.Increment(ref _queued) <= _queue.Limit && _requests.Writer.TryWrite(request))
        {
            return;
        }

        Interlocked.Decrement(ref _queued);
        throw InferenceException.QueueFull(_model, _queue.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _loop;
        await _lanes.CloseAsync();
    }

    private async Task GatherAsync()
    {
        while (_next is not null || await _requests.Reader.WaitToReadAsync())
        {
            var batch = new List<Request>();
            var rows = 0L;
            var start = _clock.GetTimestamp();
            while (TryTake(batch, ref rows) || await WaitForCompanyAsync(batch, rows, start)) { }

            if (batch.Count > 0)
            {
                await StartAsync(batch);
            }
        }
    }

    // Takes waiting requests as long as they fit into the batch; a cancelled request is dropped here.
    private bool TryTake(List<Request> batch, ref long rows)
    {
        if (_next is null)
        {
            if (!_requests.Reader.TryRead(out _next))
            {
                return false;
            }

            Interlocked.Decrement(ref _queued);
        }

        if (rows + _next.Rows > _batching.MaxSize)
        {
            return false;
        }

        if (!_next.IsGivenUp)
        {
            batch.Add(_next);
            rows += _next.Rows;
        }

        _next = null;
        return true;
    }

    // Timers are too coarse for a few hundred microseconds, so short waits yield the thread instead.
    private async Task<bool> WaitForCompanyAsync(List<Request> batch, long rows, long start)
    {
        while (batch.Count > 0 && rows < _batching.MaxSize && _clock.GetElapsedTime(start) < _batching.MaxDelay)
        {
            if (_next is not null)
            {
                return false;
            }

            if (_requests.Reader.TryPeek(out _))
            {
                return true;
            }

            if (_batching.MaxDelay - _clock.GetElapsedTime(start) > TimeSpan.FromMilliseconds(4))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), _clock);
            }
            else
            {
                await Task.Yield();
            }
        }

        return false;
    }

    private async Task StartAsync(List<Request> batch)
    {
        Lane lane;
        try
        {
            lane = await _lanes.RentAsync(CallTerms.UsualPriority, CancellationToken.None);
        }
        catch (InferenceException refusal)
        {
            batch.ForEach(request => request.Done.TrySetException(refusal));
            return;
        }

        _ = Task.Run(() => RunAll(lane, batch), CancellationToken.None);
    }

    private void RunAll(Lane lane, List<Request> batch)
    {
        try
        {
            batch.RemoveAll(static request => request.IsGivenUp);
            while (batch.Count > 0)
            {
                var group = batch.FindAll(request => TensorBatch.Matches(request.Inputs, batch[0].Inputs));
                batch.RemoveAll(group.Contains);
                Run(lane, group);
            }
        }
        finally
        {
            _lanes.Return(lane);
        }
    }

    private void Run(Lane lane, List<Request> group)
    {
        try
        {
            var start = _clock.GetTimestamp();
            var run = lane.Run(TensorBatch.Join([.. group.Select(static request => request.Inputs)]), CancellationToken.None);
            var rows = group.Sum(static request => request.Rows);
            if (run.Outputs.Any(output => output.Shape.Length == 0 || output.Shape[0] != rows))
            {
                throw InferenceException.Internal($"model '{_model}' does not keep rows apart; it cannot be batched");
            }

            var from = 0L;
            foreach (var request in group)
            {
                request.Done.TrySetResult(
                    new CompletedRun(
                        TensorBatch.Cut(run.Outputs, from, request.Rows),
                        _clock.GetElapsedTime(request.Queued, start),
                        run.CopyIn,
                        run.Compute,
                        run.CopyOut,
                        group.Count
                    )
                );
                from += request.Rows;
            }
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to the callers, who wait for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail(lane, group, failure);
        }
    }

    // One bad request must not cost those that it met: each runs again by itself.
    private void Fail(Lane lane, List<Request> group, Exception failure)
    {
        if (group is [var request])
        {
            request.Done.TrySetException(failure);
        }
        else
        {
            group.ForEach(one => Run(lane, [one]));
        }
    }

    private sealed class Request(Tensor[] inputs, long rows, (int Priority, long Arrival) place, long queued, CancellationToken givenUp)
    {
        private readonly (int Priority, long Arrival) _place = place;

        public static int Compare(Request one, Request other) => one._place.CompareTo(other._place);

        public Tensor[] Inputs => inputs;

        public long Rows => rows;

        public long Queued => queued;

        public bool IsGivenUp => givenUp.IsCancellationRequested;

        public TaskCompletionSource<CompletedRun> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
