using AITrader.MarketData.Diagnostics;
using AITrader.Markets.Formats;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Replay;

/// <summary>Plays what is asked for, one after the other. An interrupted run goes on where its stream ends, whatever interrupted it.</summary>
internal sealed class ReplayLoop(
    ReplayPlayer player,
    ReplayRuns runs,
    ReplayRequests requests,
    ReplayStatus status,
    DataSets sets,
    ICache cache,
    IOptions<ReplayOptions> options,
    TimeProvider time,
    ILogger<ReplayLoop> logger,
    Supervisor supervisor) : SupervisedService(supervisor)
{
    private static readonly TimeSpan RecordEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SpeedTtl = TimeSpan.FromDays(7);

    private readonly Queue<ReplayRequest> _first = new();
    private bool _looked;

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await LookAtStartAsync(stoppingToken);
        while (true)
        {
            // A request leaves its place when it is done, so that a failure of the bus or the database does not lose it.
            while (_first.TryPeek(out var first))
            {
                await PlayAsync(first, stoppingToken);
                _first.Dequeue();
            }

            ReportProgress();
            await PlayAsync(await requests.PeekAsync(stoppingToken), stoppingToken);
            requests.Remove();
        }
    }

    private async Task LookAtStartAsync(CancellationToken ct)
    {
        if (_looked)
        {
            return;
        }

        var configured = options.Value.Path is { Length: > 0 } path ? path : null;
        var interrupted = (await runs.FindRunningAsync(ct))?.Source;
        var isPending = configured is not null && (configured == interrupted || !await runs.WasDoneAsync(configured, ct));
        if (interrupted is not null && interrupted != configured)
        {
            _first.Enqueue(new ReplayRequest(interrupted, await RememberedSpeedAsync(interrupted, ct)));
        }

        if (isPending)
        {
            _first.Enqueue(new ReplayRequest(configured!, ConfiguredSpeed()));
        }

        _looked = true;
    }

    private async Task PlayAsync(ReplayRequest request, CancellationToken ct)
    {
        status.Become(new ReplayView { State = ReplayView.Loading, Source = request.Asked, Speed = request.Speed.ToString() });
        try
        {
            var source = ReplaySource.Load(sets, request.Asked);
            var run = await runs.BeginAsync(source, ct);
            await cache.SetAsync(SpeedKey(request.Asked), request.Speed.ToString(), SpeedTtl, ct);
            status.Become(status.View with { State = ReplayView.Running, Run = run.Run, Total = source.Ticks, Published = run.Published });
            logger.ReplayStarted(run.Run, request.Asked, source.Ticks, request.Speed.ToString());
            await player.PlayAsync(source, run.Run, request.Speed, Recorder(run.Run), ct);
            await FinishAsync(run.Run, source.Ticks, ct);
        }
        catch (MarketDataException problem)
        {
            logger.ReplayRefused(problem.Message);
            await runs.RefuseAsync(request.Asked, problem.Message, ct);
            status.Become(status.View with { State = ReplayStates.Failed, Error = problem.Message });
        }
    }

    private async Task FinishAsync(string run, long ticks, CancellationToken ct)
    {
        await runs.ProgressAsync(run, ticks, ct);
        await runs.EndAsync(run, ReplayStates.Finished, error: null, ct);
        status.Become(status.View with { State = ReplayStates.Finished, Published = ticks });
        logger.ReplayFinished(run, ticks);
    }

    private Func<long, Task> Recorder(string run)
    {
        var recorded = time.GetTimestamp();
        return async published =>
        {
            ReportProgress();
            if (time.GetElapsedTime(recorded) >= RecordEvery)
            {
                recorded = time.GetTimestamp();
                await runs.ProgressAsync(run, published, CancellationToken.None);
            }
        };
    }

    private async Task<ReplaySpeed> RememberedSpeedAsync(string asked, CancellationToken ct) =>
        ReplaySpeed.TryParse(await cache.GetAsync(SpeedKey(asked), ct), out var speed) ? speed : ConfiguredSpeed();

    private ReplaySpeed ConfiguredSpeed() => ReplaySpeed.TryParse(options.Value.Speed, out var speed) ? speed : new ReplaySpeed(1);

    private static string SpeedKey(string asked) => $"replay:{DataSets.NameOf(asked)}:speed";
}
