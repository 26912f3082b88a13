using AITrader.Domain.Instruments;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using AITrader.Storage.Strategies;
using AITrader.Strategies.Hosting;
using AITrader.Strategies.Orders;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>One version of a strategy in one run, with its account. What it throws stops it, and nobody else. For one thread.</summary>
internal sealed class HostedStrategy
{
    private readonly LoadedStrategy _loaded;
    private readonly HostedRequests _requests;
    private readonly StrategyHost _host;
    private readonly HandlerThread _thread;
    private readonly SymbolTable _symbols = new();
    private readonly PatternBank _patterns;
    private readonly Detection[] _found = new Detection[PatternCatalogue.BuiltIn.Count];
    private readonly Queue<(long Place, StrategyNews News)> _news = new();
    private readonly string _scope;
    private long _newest;
    private long _place;
    private int _adjusted;
    private bool _isStarted;

    public HostedStrategy(
        HostedStrategyOptions options,
        LoadedStrategy loaded,
        HostedRun run,
        HostedRequests requests,
        TimeSpan handlerTimeout,
        Action<DateTimeOffset, string> log
    )
    {
        _thread = new HandlerThread(options.Name, handlerTimeout);
        (Options, _loaded, _requests) = (options, loaded, requests);
        _scope = $"{run.Scope}/{loaded.Version}";
        Account = new HostedAccount(options, requests, run);
        var gateway = new HandlerGateway(Account, _thread);
        _host = new StrategyHost(loaded.Strategy, options.Name, run.Name, options.Symbols, gateway, Account.Portfolio, log, _scope);
        _patterns = new PatternBank(PatternSettings.Default, _symbols);
    }

    public HostedStrategyOptions Options { get; }

    public string Name => Options.Name;

    public string Version => _loaded.Version;

    public HostedAccount Account { get; }

    /// <summary>Why it was stopped; null while it runs.</summary>
    public string? Failure { get; private set; }

    /// <summary>Event time that it has come to; null before its first tick.</summary>
    public DateTimeOffset? Now => _isStarted ? _host.Now : null;

    /// <summary>Last tick that it did over again before it took another version's place.</summary>
    public long Handled { get; set; }

    /// <summary>Newest step of its orders that it was given before it took another version's place.</summary>
    public long StepsUpTo { get; set; }

    /// <summary>Whether the execution engine may still execute orders of it.</summary>
    public bool HasWorking => Account.Portfolio.Working.Count > 0;

    public bool Wants(string symbol) => Options.Symbols.Contains(symbol);

    /// <summary>Lets time pass up to a tick: bars and timers that are over.</summary>
    public void AdvanceTo(DateTimeOffset now) => Within(() => Advance(now));

    private void Advance(DateTimeOffset now)
    {
        if (Failure is not null && HasWorking)
        {
            Account.CancelAll(HostingCodes.Stopped);
        }

        Do(() =>
        {
            if (!_isStarted)
            {
                _isStarted = true;
                _host.Start(now);
            }

            _host.AdvanceTo(now);
        });
        Deliver();
    }

    /// <summary>Takes what is stored of its orders and of what it may hold, to be handed on at its place.</summary>
    /// <remarks>What follows from a request of its own comes with the tick after it: until then it has not made the request, where it does
    /// over again what it did.</remarks>
    public void Take(StrategyNews news)
    {
        switch (news)
        {
            case StoredStep step:
                Take(step);
                break;
            case StoredAdjustment { Row: { } row } when row.Number > _adjusted && Wants(row.Symbol):
                _adjusted = row.Number.Value;
                _place = Math.Max(_place, row.AfterSeq ?? 0);
                _news.Enqueue((_place, news));
                break;
        }
    }

    private void Take(StoredStep step)
    {
        _newest = Math.Max(_newest, step.Event.Seq);
        var answers = step.Event.Status is "SUBMITTED" or "DENIED" || step.Event.Reason == _requests.CancelReason;
        _place = Math.Max(_place, answers ? _newest + 1 : _newest);
        _news.Enqueue((_place, step));
    }

    /// <summary>Hands on what became of its orders up to a tick.</summary>
    public void Tell(long upTo)
    {
        if (_news.TryPeek(out var next) && next.Place <= upTo)
        {
            Within(() => HandOn(upTo));
        }
    }

    private void HandOn(long upTo)
    {
        while (_news.TryPeek(out var next) && next.Place <= upTo)
        {
            var news = _news.Dequeue().News;
            Try(() => Account.Tell(news));
        }

        Deliver();
    }

    /// <summary>Hands on a tick, after what became of orders at it, and then its signals.</summary>
    public void OnTick(Tick tick) => Within(() => HandOn(tick));

    private void HandOn(Tick tick)
    {
        Try(() => Account.OnTick(tick));
        HandOn(tick.Seq);
        if (TryPack(tick, out var packed))
        {
            Do(() => _host.OnTick(packed, tick));
            if (_host.SignalSymbols.Contains(tick.Symbol))
            {
                FindSignals(packed, tick);
            }
        }

        Deliver();
    }

    /// <summary>Takes what it asks for.</summary>
    public IReadOnlyList<PlacedOrder> TakePlaced() => _requests.Take();

    /// <summary>Ends it: another version takes over, or the run is over. What it places from here on is not sent.</summary>
    public void End()
    {
        Account.Objection = Trading.Risk.Denial.Of(HostingCodes.Stopped);
        if (_isStarted)
        {
            Within(() => Do(_host.Stop));
        }

        _thread.End();
        _loaded.Copy?.Dispose();
    }

    private void FindSignals(in PackedTick packed, Tick tick)
    {
        var symbol = _patterns[packed.Symbol];
        var count = symbol.Apply(packed, _found);
        for (var i = 0; i < count; i++)
        {
            var signal = SignalFactory.Create(tick, packed, symbol, _found[i]);
            Do(() => _host.OnSignal(signal));
        }
    }

    // Handlers may place orders while they are told of others: until nothing is left.
    private void Deliver()
    {
        while (Account.TryTake(out var outcome))
        {
            Do(() => _host.OnOrder(new OrderUpdate(outcome.Order, outcome.Status, outcome.Reason, outcome.Timestamp), outcome.Fill));
        }
    }

    private void Within(Action work)
    {
        if (!_thread.TryRun(work))
        {
            Stop(FormattableString.Invariant($"a handler did not return within {_thread.Limit.TotalSeconds:0.###} s at {_host.Now:O}"));
        }
    }

    // Out of the gate, so that it can be given up; what it threw is told within again.
    private void Do(Action action)
    {
        Exception? problem = null;
        if (Failure is null)
        {
            _thread.Leave(() => problem = Problem(action));
        }

        if (problem is not null)
        {
            Stop(problem);
        }
    }

    // Its account is kept after it was stopped too.
    private void Try(Action action)
    {
        if (Problem(action) is { } problem)
        {
            Stop(problem);
        }
    }

    private static Exception? Problem(Action action)
    {
        try
        {
            action();
            return null;
        }
#pragma warning disable CA1031 // A strategy is somebody else's code: whatever it throws stops it, and is told.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return problem;
        }
    }

    private void Stop(Exception problem) => Stop($"{problem.GetType().Name} at {_host.Now:O}: {problem.Message}");

    private void Stop(string reason)
    {
        if (Failure is null)
        {
            Failure = reason;
            _requests.Stopped(_scope, reason);
            Account.CancelAll(HostingCodes.Stopped);
        }
    }

    private bool TryPack(Tick tick, out PackedTick packed)
    {
        packed = default;
        if (tick.Price.Nanos <= 0 || tick.Volume.Raw < 0)
        {
            return false;
        }

        packed = new PackedTick
        {
            TimeMicros = EventTime.ToMicros(tick.Timestamp),
            Symbol = _symbols.Intern(tick.Symbol),
            Kind = tick.Kind,
            Price = tick.Price,
            Size = tick.Volume,
            Bid = tick.Bid.GetValueOrDefault(),
            BidSize = tick.BidSize.GetValueOrDefault(),
            Ask = tick.Ask.GetValueOrDefault(),
            AskSize = tick.AskSize.GetValueOrDefault(),
            Flags = tick.Flags,
        };
        return true;
    }
}

/// <summary>The run that strategies are hosted in.</summary>
/// <param name="Name">Name of a replay; empty when live.</param>
/// <param name="Scope">What their orders' ids rest on: the replay, or the day on which a live one began.</param>
/// <param name="Since">When what it left behind began to be written.</param>
/// <param name="Terms">Terms of its instruments.</param>
internal sealed record HostedRun(string Name, string Scope, DateTimeOffset Since, Func<string, Domain.Instruments.Instrument?> Terms)
{
    /// <summary>What the account of the live market is.</summary>
    public string LiveAccount { get; init; } = TradingModes.Broker;

    public bool IsReplay => Name.Length > 0;
}
