using System.Globalization;
using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.ServiceDefaults.Instruments;
using AITrader.Storage.Leasing;
using AITrader.Storage.Strategies;
using AITrader.Strategies.Loading;
using AITrader.StrategyEngine.Diagnostics;
using Microsoft.Extensions.Options;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Begins sessions: loads the strategies and has them do over again what they did before.</summary>
internal sealed class HostedSessions(
    StrategyLoader loader,
    SessionTools tools,
    StoredTicks ticks,
    HostedBoard board,
    HostedRecord record,
    TradableInstruments instruments,
    IOptions<HostingOptions> options,
    ILogger<HostedSessions> log
)
{
    /// <summary>The session that a tick begins, as far as the tick before it.</summary>
    public async Task<HostedSession> BeginAsync(Lease lease, Tick first, CancellationToken ct)
    {
        var (run, firstSeq) = await RunOfAsync(first, ct);
        var decided = run.IsReplay ? await tools.Watermarks.GetAsync(run.Name, ReplayStages.Strategy, ct) : 0;
        await tools.Flags.OfAsync(run.Name, ct);
        var session = new HostedSession(run, tools, lease, decided, options.Value.MaxTickAge) { IsCatchingUp = true };
        var newest = await tools.Orders.NewestStepAsync(ct);
        foreach (var hosted in options.Value.Runnable())
        {
            if (await LoadAsync(run, hosted, newest, ct) is { } loaded)
            {
                session.Strategies.Add(loaded);
            }
        }

        session.NewestStep = newest;
        await record.WriteAsync(run.Name, session.Strategies, ct);
        board.Show(session);
        await foreach (var tick in BeforeAsync(session.Strategies, run, firstSeq, first.Seq - 1, ct))
        {
            await session.TakeAsync(tick, ct);
        }

        session.IsCatchingUp = false;
        log.Hosts(session.Strategies.Count, run.Scope, session.Handled);
        return session;
    }

    /// <summary>Another version of a strategy, as far as a tick; null where it cannot be loaded, which is told.</summary>
    public async Task<HostedStrategy?> PrepareAsync(HostedSession session, HostedStrategyOptions hosted, CancellationToken ct)
    {
        var handled = session.Handled;
        var newest = await tools.Orders.NewestStepAsync(ct);
        if (await LoadAsync(session.Run, hosted, newest, ct) is not { } next)
        {
            return null;
        }

        next.StepsUpTo = newest;
        await CatchUpAsync(session, next, handled, ct);
        return next;
    }

    /// <summary>Puts another version in a strategy's place, between two ticks.</summary>
    public async Task ReplaceAsync(HostedSession session, HostedStrategy next, CancellationToken ct)
    {
        await session.ReadStepsAsync(ct);
        foreach (var news in await tools.Orders.HistoryAsync([next.Name], session.Run.Name, session.NewestStep, ct))
        {
            if (news is not StoredStep step || step.Event.Id > next.StepsUpTo)
            {
                next.Take(news);
            }
        }

        await CatchUpAsync(session, next, session.Handled, ct);
        session.Replace(next);
        log.Loaded(next.Name, next.Version, session.Handled);
        board.Show(session);
    }

    /// <summary>Has another version do over again what came until a tick.</summary>
    public async Task CatchUpAsync(HostedSession session, HostedStrategy next, long last, CancellationToken ct)
    {
        next.Account.IsQuiet = true;
        var first = next.Handled > 0 ? next.Handled + 1 : await FirstSeqAsync(session.Run, ct);
        await foreach (var tick in BeforeAsync([next], session.Run, first, last, ct))
        {
            if (tick.Seq > next.Handled && next.Wants(tick.Symbol))
            {
                next.AdvanceTo(tick.Timestamp);
                next.OnTick(tick);
            }

            next.Handled = Math.Max(next.Handled, tick.Seq);
        }
    }

    private IAsyncEnumerable<Tick> BeforeAsync(
        List<HostedStrategy> strategies,
        HostedRun run,
        long first,
        long last,
        CancellationToken ct
    ) =>
        run.IsReplay
            ? ticks.ReplayAsync(run.Name, first, last, ct)
            : ticks.LiveAsync(
                [.. strategies.SelectMany(static one => one.Options.Symbols).Distinct(StringComparer.Ordinal)],
                run.Since,
                ct
            );

    private async Task<HostedStrategy?> LoadAsync(HostedRun run, HostedStrategyOptions hosted, long newest, CancellationToken ct)
    {
        LoadedStrategy loaded;
        try
        {
            loaded = loader.Load(hosted);
        }
        catch (StrategyLoadException problem)
        {
            log.NotLoaded(hosted.Name, problem.Message);
            board.Failed(hosted, problem.Message);
            return null;
        }

        var known = await tools.Orders.AskedAsync(hosted.Name, run.Since, ct);
        var requests = new HostedRequests(hosted.Name, loaded.Version, known, tools.Time);
        var strategy = new HostedStrategy(hosted, loaded, run, requests, options.Value.HandlerTimeout, (at, text) =>
            log.Says(hosted.Name, at, text)
        );
        foreach (var news in await tools.Orders.HistoryAsync([hosted.Name], run.Name, newest, ct))
        {
            strategy.Take(news);
        }

        return strategy;
    }

    // A live session begins anew each day on which the service starts: ids rest on it, and ticks are read from there.
    private async Task<(HostedRun Run, long FirstSeq)> RunOfAsync(Tick first, CancellationToken ct)
    {
        if (first.Run.Length == 0)
        {
            var day = new DateTimeOffset(tools.Time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-options.Value.WarmUpDays);
            var scope = string.Create(CultureInfo.InvariantCulture, $"live-{day:yyyy-MM-dd}");
            return (new HostedRun(string.Empty, scope, day, instruments.Find) { LiveAccount = options.Value.LiveAccount }, 0);
        }

        var row = await tools.Runs.FindAsync(first.Run, ct);
        return (new HostedRun(first.Run, first.Run, row?.StartedAt ?? DateTimeOffset.MinValue, instruments.Find), row?.FirstSeq ?? 1);
    }

    private async Task<long> FirstSeqAsync(HostedRun run, CancellationToken ct) =>
        run.IsReplay ? (await tools.Runs.FindAsync(run.Name, ct))?.FirstSeq ?? 1 : 0;
}
