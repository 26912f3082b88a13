using AITrader.Contracts.Replays;
using AITrader.Formats.Reading;
using AITrader.MarketData.Diagnostics;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using AITrader.Storage.Replays;
using AITrader.Storage.Rows;
using AITrader.Storage.Sentiment;
using Microsoft.Extensions.Options;

namespace AITrader.MarketData.Replay;

/// <summary>Plays what is asked for, one after the other. An interrupted run goes on where its stream ends, whatever interrupted
/// it.</summary>
internal sealed class ReplayLoop(
    ReplayPlayer player,
    ReplayRuns runs,
    ReplayRequests requests,
    ReplayStatus status,
    ReplayControl control,
    ContentLoader loader,
    SentimentReadings moods,
    IWatermarks watermarks,
    IOptions<ReplayOptions> options,
    TimeProvider time,
    ILogger<ReplayLoop> logger,
    Supervisor supervisor
) : SupervisedService(supervisor)
{
    private static readonly TimeSpan RecordEvery = TimeSpan.FromSeconds(1);

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

            // Whoever has a request to go on with has not worked yet: a failure that comes again each round is to be seen on /ready.
            if (requests.IsEmpty)
            {
                ReportProgress();
            }

            var request = await requests.PeekAsync(stoppingToken);
            await PlayAsync(request, stoppingToken);
            requests.Remove(request);
        }
    }

    private async Task LookAtStartAsync(CancellationToken ct)
    {
        if (_looked)
        {
            return;
        }

        var configured = options.Value.Path is { Length: > 0 } path ? path : null;
        var interrupted = await runs.FindRunningAsync(ct);
        var isPending = configured is not null && configured != interrupted?.Source && !await runs.WasDoneAsync(configured, ct);
        if (interrupted is not null && !(isPending && MayNeverEnd(interrupted)))
        {
            _first.Enqueue(await AgainAsync(interrupted, configured, ct));
        }

        if (isPending)
        {
            _first.Enqueue(new ReplayRequest(ReplaySource.Parse(configured!), SpeedOf(options.Value.Speed), options.Value.Loop));
        }

        _looked = true;
    }

    // Such a one gives way to what is configured.
    private static bool MayNeverEnd(ReplayRunRow row) => row.Loop || row.Control == ReplayControls.Pause;

    private async Task<ReplayRequest> AgainAsync(ReplayRunRow row, string? configured, CancellationToken ct)
    {
        var isSaidAgain = row.Source == configured && await runs.IsFromBeforeAsync(row, ct);
        return new ReplayRequest(ReplaySource.Parse(row.Source), SpeedOf(isSaidAgain ? options.Value.Speed : row.Speed), row.Loop);
    }

    private async Task PlayAsync(ReplayRequest request, CancellationToken ct)
    {
        using var load = CancellationTokenSource.CreateLinkedTokenSource(ct, control.OpenLoad(request));
        try
        {
            await PlayAsync(request, load.Token, ct);
        }
        catch (OperationCanceledException) when (load.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            logger.LoadStopped(request.Source.Text);
            await GiveUpAsync(request, ReplayReportStates.Stopped, ReplayStates.Stopped, "stopped while it was being loaded", ct);
        }
        catch (MarketDataException problem)
        {
            logger.ReplayRefused(problem.Message);
            await GiveUpAsync(request, ReplayReportStates.Failed, ReplayStates.Failed, problem.Message, ct);
        }
        catch (Exception failure) when (!TransientFailures.Includes(failure))
        {
            // Trying again would fail again, and hold the live feed up for as long as it does.
            logger.ReplayFailed(failure, request.Source.Text);
            await GiveUpAsync(request, ReplayReportStates.Failed, ReplayStates.Failed, failure.GetBaseException().Message, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            status.Become(status.View with { Error = $"held up, and tried again: {failure.GetBaseException().Message}" });
            throw;
        }
    }

    private async Task PlayAsync(ReplayRequest request, CancellationToken load, CancellationToken ct)
    {
        load.ThrowIfCancellationRequested();
        status.Become(request.Loading with { Error = ReferenceEquals(status.View.Source, request.Source) ? status.View.Error : null });
        var content = await loader.LoadAsync(request.Source, load);
        foreach (var (path, skipped) in content.Skipped)
        {
            logger.ReplaySkips(path, skipped);
        }

        // Before the first signal: a replay sees the readings that are there when it begins.
        await moods.AddAsync(content.Moods, load);
        for (var row = await runs.BeginAsync(content.Recorded, request.Speed.ToString(), request.Loop, load); row is not null; )
        {
            row = await PlayAsync(content, row, ct);
        }
    }

    // What is shown changes first: from then on the live feed goes on, whatever becomes of the record.
    private async Task GiveUpAsync(ReplayRequest request, string word, string state, string note, CancellationToken ct)
    {
        status.Become(status.View with { State = word, Request = null, Source = request.Source, Error = note });
        await runs.GiveUpAsync(request.Source.Text, state, note, ct);
    }

    /// <summary>Plays one run; returns the one that follows it, if any.</summary>
    private async Task<ReplayRunRow?> PlayAsync(ReplayContent content, ReplayRunRow row, CancellationToken ct)
    {
        try
        {
            await StartAsync(content, row, ct);
            var played = await player.PlayAsync(content, row.Run, row.FirstSeq - 1, Recorder(row.Run), ct);
            var (end, next) = EndOf(content, row, played);
            var following = await runs.EndAsync(content.Recorded, end, next, ct);
            status.Become(
                status.View with
                {
                    State = end.State,
                    Speed = played.Wishes.Speed,
                    Loop = played.Wishes.Loop,
                    Published = played.Published,
                    Error = end.Note,
                }
            );
            Log(end, content);
            return following;
        }
        finally
        {
            control.Close();
        }
    }

    private async Task StartAsync(ReplayContent content, ReplayRunRow row, CancellationToken ct)
    {
        var speed = SpeedOf(row.Speed);
        control.Open(row.Run, new ReplayWishes(speed, row.Loop, row.Control == ReplayControls.Pause, row.Control == ReplayControls.Stop));
        status.Become(
            new ReplayView
            {
                State = ReplayReportStates.Running,
                Source = content.Source,
                Content = content,
                Run = row.Run,
                Speed = speed,
                Loop = row.Loop,
                Round = row.Round,
                Published = row.Published,
            }
        );

        // There is nothing of this run before its first tick: no stage need wait for it.
        foreach (var stage in row.FirstSeq > 1 ? ReplayAnswers.Stages : [])
        {
            await watermarks.AdvanceAsync(row.Run, stage, row.FirstSeq - 1, ct);
        }

        logger.ReplayStarted(row.Run, row.Source, content.Ticks, row.FirstSeq, row.Speed);
    }

    private static (RunEnd End, RunStart? Next) EndOf(ReplayContent content, ReplayRunRow row, PlayedRun played)
    {
        var (published, wishes) = (played.Published, played.Wishes);
        if (!played.IsDigested)
        {
            return (
                new RunEnd(
                    row.Run,
                    ReplayStates.Stopped,
                    published,
                    $"stopped after tick {published} of {content.Ticks}, before every stage had seen it"
                ),
                null
            );
        }

        if (wishes.SeekTo is { } position && !wishes.IsStopping)
        {
            return (
                new RunEnd(
                    row.Run,
                    ReplayStates.Stopped,
                    published,
                    $"left after tick {published} of {content.Ticks} to go on at tick {position}"
                ),
                new RunStart(position, row.Round)
            );
        }

        if (published < content.Ticks)
        {
            return (new RunEnd(row.Run, ReplayStates.Stopped, published, $"stopped after tick {published} of {content.Ticks}"), null);
        }

        return (
            new RunEnd(row.Run, ReplayStates.Finished, published),
            wishes.Loop && !wishes.IsStopping ? new RunStart(1, row.Round + 1) : null
        );
    }

    private void Log(RunEnd end, ReplayContent content)
    {
        if (end.State == ReplayStates.Finished)
        {
            logger.ReplayFinished(end.Run, content.Ticks);
        }
        else
        {
            logger.ReplayStopped(end.Run, end.Note!);
        }
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

    private static ReplaySpeed SpeedOf(string text) => ReplaySpeed.TryParse(text, out var speed) ? speed : new ReplaySpeed(1);
}
