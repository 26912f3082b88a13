using AITrader.Contracts;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.Storage.Flags;
using AITrader.Storage.Leasing;
using AITrader.Storage.Outbox;
using AITrader.Storage.Replays;
using AITrader.Storage.Strategies;
using AITrader.StrategyEngine.Flags;
using AITrader.Trading.Risk;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>What sessions share.</summary>
internal sealed record SessionTools(
    StrategyOrders Orders,
    IOutboxRelay Relay,
    IWatermarks Watermarks,
    ReplayProgress Progress,
    ReplayRuns Runs,
    EngineFlags Flags,
    TimeProvider Time
);

/// <summary>The hosted strategies of one run: tick by tick in the order of a backtest. For one caller at a time.</summary>
/// <remarks>
/// For each tick: time passes up to it, and what the strategies then ask for is on the bus before the execution engine sees the tick; what
/// became of orders at it is handed on, then the tick. Where nothing works, nothing is waited for.
/// </remarks>
internal sealed class HostedSession(HostedRun run, SessionTools tools, Lease lease, long decidedBefore, TimeSpan maxTickAge)
{
    private readonly List<PlacedOrder> _placed = [];
    private long _executed;
    private long _marked;
    private Denial? _restriction;

    public HostedRun Run => run;

    /// <summary>The strategies, in the order of settings.</summary>
    public List<HostedStrategy> Strategies { get; } = [];

    /// <summary>Number of the last tick that was handled.</summary>
    public long Handled { get; private set; }

    /// <summary>Whether ticks are done over again that were handled before.</summary>
    public bool IsCatchingUp { get; set; }

    /// <summary>Whether something is expected of the execution engine.</summary>
    public bool HasWorking => Strategies.Exists(static one => one.HasWorking);

    /// <summary>The newest step of any order that was read.</summary>
    public long NewestStep { get; set; }

    /// <summary>The newest split or dividend of the live account that was read.</summary>
    private int? NewestAdjustment { get; set; } = run.IsReplay ? null : 0;

    /// <summary>Takes the next tick.</summary>
    public async Task TakeAsync(Tick tick, CancellationToken ct)
    {
        if (tick.Seq <= Handled)
        {
            return;
        }

        if (Strategies.FindAll(one => one.Wants(tick.Symbol)) is { Count: > 0 } concerned)
        {
            await ReadFlagsAsync(ct);
            Prepare(concerned, tick, tick.Seq - 1);
            concerned.ForEach(one => one.AdvanceTo(tick.Timestamp));
            await SendAsync(tick.Seq - 1, ct);
            await SettleAsync(concerned, tick, ct);
            Prepare(concerned, tick, tick.Seq);
            concerned.ForEach(one => one.OnTick(tick));
            Collect();
            if (!run.IsReplay)
            {
                await SendAsync(tick.Seq, ct);
            }
        }

        Handled = tick.Seq;
    }

    /// <summary>After some ticks: lets the other stages go on as far as it is known what is asked for.</summary>
    public async Task RestAsync(CancellationToken ct)
    {
        if (run.IsReplay)
        {
            await MarkAsync(Handled - 1, ct);
        }
        else
        {
            await ReadStepsAsync(ct);
        }
    }

    /// <summary>Nothing came for a while: at the end of a replay nothing is waited for any more.</summary>
    public async Task IdleAsync(CancellationToken ct)
    {
        if (run.IsReplay && _marked < Handled && await IsOverAsync(ct))
        {
            await SendAsync(Handled, ct);
            await MarkAsync(Handled, ct);
        }
    }

    /// <summary>Puts another version in a strategy's place.</summary>
    public void Replace(HostedStrategy next)
    {
        Collect();
        var at = Strategies.FindIndex(one => one.Name == next.Name);
        if (at < 0)
        {
            Strategies.Add(next);
            return;
        }

        var old = Strategies[at];
        Strategies[at] = next;
        old.End();
    }

    /// <summary>Ends all.</summary>
    public void End() => Strategies.ForEach(static one => one.End());

    /// <summary>Hands on to each strategy what the execution engine has stored since.</summary>
    public async Task ReadStepsAsync(CancellationToken ct)
    {
        while (await tools.Orders.AfterAsync(NewestStep, NewestAdjustment, ct) is { Count: > 0 } news)
        {
            foreach (var one in news)
            {
                Distribute(one);
            }
        }

        if (!run.IsReplay && !IsCatchingUp)
        {
            Strategies.ForEach(static one => one.Tell(long.MaxValue));
            Collect();
            await SendAsync(Handled, ct);
        }
    }

    private void Distribute(StrategyNews news)
    {
        switch (news)
        {
            case StoredStep step:
                NewestStep = step.Event.Id;
                if (step.Order.Run == run.Name)
                {
                    Strategies.Find(one => one.Name == step.Order.Origin)?.Take(step);
                }

                break;
            case StoredAdjustment adjustment:
                NewestAdjustment = adjustment.Row.Number;
                Strategies.ForEach(one => one.Take(adjustment));
                break;
        }
    }

    // Whatever works may be executed at this tick: that comes first.
    private async Task SettleAsync(List<HostedStrategy> concerned, Tick tick, CancellationToken ct)
    {
        if (!run.IsReplay || _executed >= tick.Seq || !concerned.Exists(static one => one.HasWorking))
        {
            return;
        }

        await MarkAsync(tick.Seq - 1, ct);
        _executed = await tools.Watermarks.WaitForAsync(run.Name, ReplayStages.Execution, tick.Seq, ct);
        await ReadStepsAsync(ct);
    }

    // An order meets the market of its own tick: no earlier one, at which it would be checked, and no later one. All orders of a tick have
    // one order: first those of its decisions.
    private async Task SendAsync(long seq, CancellationToken ct)
    {
        Collect();
        if (_placed.Count == 0)
        {
            return;
        }

        if (run.IsReplay)
        {
            await MarkAsync(seq - 1, ct);
            await tools.Progress.WaitForDecisionsAsync(run.Name, seq, ct);
            await tools.Watermarks.WaitForAsync(run.Name, ReplayStages.Execution, seq, ct);
        }

        await tools.Orders.WriteAsync(lease, [.. _placed], ct);
        await tools.Relay.FlushAsync(ct);
        _placed.Clear();
    }

    private async Task MarkAsync(long seq, CancellationToken ct)
    {
        if (seq > _marked)
        {
            await tools.Progress.HostedAsync(run.Name, seq, ct);
            _marked = seq;
        }
    }

    private void Collect() => Strategies.ForEach(one => _placed.AddRange(one.TakePlaced()));

    private void Prepare(List<HostedStrategy> concerned, Tick tick, long at)
    {
        var age = tools.Time.GetUtcNow() - tick.Timestamp;
        var isStale = !run.IsReplay && age > maxTickAge;
        foreach (var one in concerned)
        {
            var account = one.Account;
            account.Restriction = _restriction;
            account.IsQuiet = run.IsReplay ? at <= decidedBefore : IsCatchingUp;
            account.Objection =
                isStale ? Denial.Of(HostingCodes.StaleTick, ("age", age), ("max", maxTickAge))
                : run.IsReplay ? null
                : TradingModes.Objection(one.Options.Mode, run.LiveAccount);
        }
    }

    // Live, nothing is sent while it catches up.
    private async ValueTask ReadFlagsAsync(CancellationToken ct)
    {
        if (run.IsReplay || !IsCatchingUp)
        {
            _restriction = (await tools.Flags.OfAsync(run.Name, ct)).IsOn(FeatureFlags.HostedOrders)
                ? null
                : Denial.Of(HostingCodes.OrdersOff, ("flag", FeatureFlags.HostedOrders.Name));
        }
    }

    // The record says so too, where the bus has lost it.
    private async Task<bool> IsOverAsync(CancellationToken ct) =>
        await tools.Watermarks.GetAsync(run.Name, ReplayStages.Ended, ct) == Handled
        || await tools.Runs.FindAsync(run.Name, ct) is { } row && (row.Ticks == Handled || row.State != Storage.Rows.ReplayStates.Running);
}
