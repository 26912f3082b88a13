using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Brokers.Comparison;
using AITrader.ExecutionEngine.Brokers.News;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.ExecutionEngine.Brokers.Sending;
using AITrader.ExecutionEngine.Diagnostics;
using AITrader.Storage.Rows;
using AITrader.Trading.Engine;

namespace AITrader.ExecutionEngine.Brokers;

/// <summary>The broker's side of the live account: what is sent is stored before, what is heard is stored before it is acted on.</summary>
internal sealed class BrokerSession : IBrokerSession
{
    private readonly BrokerContext _context;
    private readonly BrokerState _state;
    private readonly IOrderPathProbe _probe;
    private readonly BrokerPoller _poller;
    private readonly IBrokerUpdates? _updates;
    private readonly Channel<BrokerFact> _facts = Channel.CreateUnbounded<BrokerFact>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _end = new();
    private readonly BrokerSender _sender;
    private readonly SendPlanner _planner;
    private readonly AnswerSteps _answers;
    private readonly BookSteps _books;
    private readonly BookComparison _comparison;
    private readonly List<AuditEventRow> _audits = [];
    private readonly List<TaskCompletionSource> _reads = [];
    private Task? _arrival;
    private Task _background = Task.CompletedTask;
    private bool _hasBegun;
    private bool _hasAnswers;

    public BrokerSession(BrokerContext context, BrokerState state, IOrderPathProbe probe, BrokerPoller poller, IBrokerUpdates? updates)
    {
        (_context, _state, _probe, _poller, _updates) = (context, state, probe, poller, updates);
        _sender = new BrokerSender(context.Broker, context.Reader, probe, context.Time, context.Account.Lease, _facts.Writer);
        _planner = new SendPlanner(context);
        _answers = new AnswerSteps(context);
        _books = new BookSteps(context);
        _comparison = new BookComparison(context, state);
        _facts.Writer.TryWrite(new BrokerFact.Restarted());
    }

    public Task Arrival => _arrival ??= _facts.Reader.WaitToReadAsync(_end.Token).AsTask();

    public async Task TakeAsync(Work work, CancellationToken ct)
    {
        _arrival = null;
        while (_facts.Reader.TryRead(out var fact))
        {
            var outcomes = await OutcomesAsync(fact, ct);
            _context.Note(outcomes);
            work.Outcomes.AddRange(outcomes);
        }
    }

    public IBrokerPlan Plan(Work work)
    {
        _context.Note(work.Outcomes);
        var sends = _planner.Plan();
        Show();
        return new BrokerPlan([.. _context.Parts.Changed], [.. _audits], sends);
    }

    public Task CommittingAsync(IBrokerPlan plan, CancellationToken ct) =>
        HasNewOrders((BrokerPlan)plan) ? _probe.ReachedAsync(OrderPath.OrderTaken, ct) : Task.CompletedTask;

    public async Task CommittedAsync(IBrokerPlan plan, CancellationToken ct)
    {
        var stored = (BrokerPlan)plan;
        _context.Parts.Stored(stored.Parts);
        _audits.Clear();
        if (_hasAnswers)
        {
            _hasAnswers = false;
            await _probe.ReachedAsync(OrderPath.AnswerCommitted, ct);
            _poller.Wake();
        }

        if (_reads.Count > 0)
        {
            await _probe.ReachedAsync(OrderPath.NewsCommitted, ct);
            _reads.ForEach(static read => read.TrySetResult());
            _reads.Clear();
        }

        if (HasNewOrders(stored))
        {
            await _probe.ReachedAsync(OrderPath.OrderCommitted, ct);
        }

        foreach (var send in stored.Sends)
        {
            Start(send);
        }

        Begin();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _background;
        await _sender.DisposeAsync();
        _end.Dispose();
    }

    private static bool HasNewOrders(BrokerPlan plan) => plan.Sends.Any(static send => send is BrokerSend.Place);

    private void Begin()
    {
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        _background = Task.WhenAll(
            _poller.RunAsync(_facts.Writer, _end.Token),
            _updates?.RunAsync(_poller.Wake, _end.Token) ?? Task.CompletedTask
        );
    }

    private void Start(BrokerSend send)
    {
        var part = send.Part;
        part.IsPlacing |= send is BrokerSend.Place;
        part.IsCancelling |= send is BrokerSend.Cancel;
        part.IsChanging |= send is BrokerSend.Change;
        _sender.Start(send, _end.Token);
    }

    private async Task<IReadOnlyList<TradingOutcome>> OutcomesAsync(BrokerFact fact, CancellationToken ct)
    {
        switch (fact)
        {
            case BrokerFact.Restarted:
                return await _answers.RestartAsync(ct);
            case BrokerFact.Placed placed:
                return await AnsweredAsync(await _answers.PlacedAsync(placed, ct), ct);
            case BrokerFact.Cancelled cancelled:
                _answers.Cancelled(cancelled);
                return await AnsweredAsync([], ct);
            case BrokerFact.Changed changed:
                return await AnsweredAsync(await _answers.ChangedAsync(changed, ct), ct);
            case BrokerFact.Read read:
                return await ReadAsync(read, ct);
            case BrokerFact.Broken broken:
                ExceptionDispatchInfo.Throw(broken.Failure);
                return [];
            default:
                throw new InvalidOperationException($"Unknown fact {fact}.");
        }
    }

    private async Task<IReadOnlyList<TradingOutcome>> AnsweredAsync(IReadOnlyList<TradingOutcome> outcomes, CancellationToken ct)
    {
        _hasAnswers = true;
        await _probe.ReachedAsync(OrderPath.OrderAnswered, ct);
        return outcomes;
    }

    private async Task<IReadOnlyList<TradingOutcome>> ReadAsync(BrokerFact.Read read, CancellationToken ct)
    {
        _reads.Add(read.Stored);
        var outcomes = await _books.TakeAsync(read.Books, ct);
        if (read.Books.Positions is not null)
        {
            var (found, readAgain) = await _comparison.TakeAsync(read.Books, _audits, ct);
            outcomes.AddRange(found);
            Agree(readAgain);
        }

        if (read.Books.Outage >= _context.Options.CancelAfterOutage)
        {
            outcomes.AddRange(CancelAll(read.Books.Outage));
        }

        await _probe.ReachedAsync(OrderPath.NewsTaken, ct);
        return outcomes;
    }

    private void Agree(bool readAgain)
    {
        if (readAgain)
        {
            _poller.CompareNext();
        }
        else if (!_context.Desk.IsAgreed)
        {
            _context.Desk.IsAgreed = true;
            _context.Log.BooksAgree(_context.Broker.Name, _context.Parts.All.Count(static part => part.IsOpen));
        }
    }

    // Nobody watched them meanwhile: what they were meant for may be gone.
    private IEnumerable<TradingOutcome> CancelAll(TimeSpan outage)
    {
        _context.Log.WasAway(_context.Broker.Name, outage);
        var reason = FormattableString.Invariant($"CONNECTION_LOST for={outage.TotalMilliseconds:0}ms");
        return
        [
            .. _context
                .Desk.Working.Where(order => _context.Desk.IsAtBroker(order.Request.Run))
                .Select(static order => order.Id)
                .ToArray()
                .SelectMany(id => _context.Desk.Cancel(id, reason)),
        ];
    }

    private void Show()
    {
        var unknown = _context.Parts.All.Where(static part => part.Row.State == BrokerOrderStates.Unknown).ToList();
        foreach (
            var part in unknown.Where(part => !part.HasAlarmed && _context.Now - part.Row.UnknownSince >= _context.Options.UnknownAlarm)
        )
        {
            part.HasAlarmed = true;
            _context.Log.StaysUnknown(part.Row.OrderId, part.Row.Tag, part.Row.UnknownSince!.Value);
        }

        if (!_hasBegun || _context.Parts.Changed.Count > 0)
        {
            _state.Opens(_context.Parts.NamesOfOpen());
        }

        var open = _context.Parts.All.Count(static part => part.IsOpen);
        _context.Metrics.Shows(open, unknown.Count);
        _state.Shows(
            _context.Desk.IsAgreed,
            open,
            [.. unknown.Select(static part => new UnknownOrder(part.Row.OrderId, part.Row.Tag, part.Row.UnknownSince!.Value))]
        );
    }
}
