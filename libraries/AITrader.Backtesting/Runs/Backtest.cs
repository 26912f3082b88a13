using System.Globalization;
using AITrader.Backtesting.Data;
using AITrader.Domain.Ids;
using AITrader.Domain.Instruments;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Domain.Ticks;
using AITrader.Domain.Time;
using AITrader.Signals.Catalogue;
using AITrader.Signals.Engine;
using AITrader.Signals.Patterns;
using AITrader.Strategies;
using AITrader.Strategies.Documents;
using AITrader.Strategies.Hosting;
using AITrader.Strategies.Options;
using AITrader.Strategies.Orders;
using AITrader.Trading.Engine;
using AITrader.Trading.Fills;
using AITrader.Trading.Ledger;
using AITrader.Trading.Risk;

namespace AITrader.Backtesting.Runs;

/// <summary>Runs one strategy over one tape, with the risk checks, the simulator and the ledger that trade live. For one thread; the same
/// input gives the same result.</summary>
/// <remarks>
/// For each tick: time passes up to it (bars and timers that are over), the desk matches it, what became of orders is handed on, then the
/// tick, then its signals. An order of a handler is seen by the next tick at the earliest.
/// </remarks>
public sealed class Backtest
{
    private const int ProgressEvery = 1 << 14;

    private static readonly TimeSpan TickQuoteAge = RiskLimits.Default.MaxQuoteAge;

    private readonly MarketTape _tape;
    private readonly BacktestSettings _settings;
    private readonly StrategyHost _host;
    private readonly TradingDesk _desk;
    private readonly DeskAccount _account;
    private readonly EquityRecorder _equity;
    private readonly BuyAndHold _benchmark;
    private readonly TimeSpan _period;
    private readonly PatternBank _patterns;
    private readonly Detection[] _found;
    private readonly Dictionary<Guid, Order> _orders = [];
    private readonly List<Guid> _placed = [];
    private readonly List<Fill> _fills = [];
    private readonly List<LogLine> _log = [];
    private readonly List<Signal> _signals = [];
    private readonly FifoTrades _trades = new();
    private readonly SortedDictionary<string, TagAttribution> _tags = new(StringComparer.Ordinal);
    private readonly string _run;
    private readonly string _name;
    private readonly Strategy _strategy;

    private Backtest(MarketTape tape, Strategy strategy, string name, BacktestSettings settings)
    {
        (_tape, _strategy, _name, _settings) = (tape, strategy, name, settings);
        Currency = CurrencyOf(tape, settings);
        _run = RunOf(tape, strategy, name, settings);
        _desk = new TradingDesk(SettingsOf(tape, settings), new AccountLedger(settings.StartingCash)) { IsReconciled = true };
        _account = new DeskAccount(_desk, settings.Instruments.Get);
        _host = new StrategyHost(strategy, name, _run, tape.Symbols, _account, _account, (at, text) => _log.Add(new LogLine(at, text)));
        var span = TimeSpan.FromMicroseconds(tape.Ticks[^1].TimeMicros - tape.Ticks[0].TimeMicros);
        _period = settings.EquityInterval ?? EquityRecorder.IntervalOf(span);
        _benchmark = new BuyAndHold(_desk, tape.Symbols, settings.StartingCash);
        _equity = new EquityRecorder(_desk, _benchmark, _period);
        _patterns = new PatternBank(PatternSettings.Default, SymbolsOf(tape));
        _found = new Detection[PatternCatalogue.BuiltIn.Count];
    }

    private string Currency { get; }

    /// <summary>Runs a strategy.</summary>
    /// <param name="tape">The data.</param>
    /// <param name="strategy">A new strategy with its options set.</param>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Cash, instruments, risk, simulator.</param>
    /// <param name="progress">Ticks done so far.</param>
    /// <param name="ct">Ends the run.</param>
    /// <exception cref="BacktestException">The symbols are not quoted in the account's currency, or the strategy failed.</exception>
    public static BacktestResult Run(
        MarketTape tape,
        Strategy strategy,
        string name,
        BacktestSettings settings,
        IProgress<long>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(settings);
        var backtest = new Backtest(tape, strategy, name, settings);
        try
        {
            return backtest.Run(progress, ct);
        }
#pragma warning disable CA1031 // A strategy is somebody else's code: whatever it throws ends this run, and is told with the moment.
        catch (Exception problem) when (backtest._host.IsInHandler)
#pragma warning restore CA1031
        {
            var at = backtest._host.Now;
            throw new BacktestException($"{name} failed at {at:O}: {problem.GetType().Name}: {problem.Message}", problem);
        }
    }

    private BacktestResult Run(IProgress<long>? progress, CancellationToken ct)
    {
        var first = EventTime.FromMicros(_tape.Ticks[0].TimeMicros);
        _host.Start(first);
        _equity.Take(first);
        for (var i = 0; i < _tape.Count; i++)
        {
            if (i % ProgressEvery == 0)
            {
                ct.ThrowIfCancellationRequested();
                progress?.Report(i);
            }

            Step(_tape.Ticks[i], i + 1);
        }

        _host.Stop();
        Deliver();
        var last = EventTime.FromMicros(_tape.Ticks[^1].TimeMicros);
        _equity.Take(last);
        _benchmark.Take(last);
        return ResultOf(first, last);
    }

    private void Step(in PackedTick packed, long seq)
    {
        var now = EventTime.FromMicros(packed.TimeMicros);
        _host.AdvanceTo(now);
        Deliver();
        _equity.Before(packed.TimeMicros);
        var tick = TickOf(packed, now, seq);
        _account.Enqueue(_desk.OnTick(tick));
        Deliver();
        _trades.Mark(tick.Symbol, tick.Price);
        _host.OnTick(packed, tick);
        if (_host.SignalSymbols.Contains(tick.Symbol))
        {
            FindSignals(packed, tick);
        }

        Deliver();
    }

    private void FindSignals(in PackedTick packed, Tick tick)
    {
        var symbol = _patterns[packed.Symbol];
        var count = symbol.Apply(packed, _found);
        for (var i = 0; i < count; i++)
        {
            var signal = SignalFactory.Create(tick, packed, symbol, _found[i]);
            _signals.Add(signal);
            _host.OnSignal(signal);
        }
    }

    // Handlers may place orders while they are told of others: until nothing is left.
    private void Deliver()
    {
        while (_account.TryTake(out var outcome))
        {
            if (!_orders.ContainsKey(outcome.Order.Id))
            {
                _placed.Add(outcome.Order.Id);
            }

            _orders[outcome.Order.Id] = outcome.Order;
            if (outcome.Fill is { } fill)
            {
                _fills.Add(fill);
                _trades.Book(fill);
                var tag = outcome.Order.Request.Origin;
                _tags[tag] = _tags.GetValueOrDefault(tag, new TagAttribution(tag, 0, 0m, 0m)).With(fill, outcome.Realised);
                _equity.Take(outcome.Timestamp);
            }

            var update = new OrderUpdate(outcome.Order, outcome.Status, outcome.Reason, outcome.Timestamp);
            _host.OnOrder(update, outcome.Fill);
        }
    }

    private Tick TickOf(in PackedTick packed, DateTimeOffset now, long seq) =>
        new()
        {
            Symbol = _tape.Symbols[packed.Symbol],
            Price = packed.Price,
            Volume = packed.Size,
            Timestamp = now,
            Kind = packed.Kind,
            Bid = packed.Bid.Nanos > 0 ? packed.Bid : null,
            BidSize = packed.BidSize.Raw > 0 ? packed.BidSize : null,
            Ask = packed.Ask.Nanos > 0 ? packed.Ask : null,
            AskSize = packed.AskSize.Raw > 0 ? packed.AskSize : null,
            Source = "backtest",
            Seq = seq,
            Run = _run,
            Flags = packed.Flags,
        };

    private BacktestResult ResultOf(DateTimeOffset first, DateTimeOffset last) =>
        new()
        {
            Run = _run,
            Strategy = _name,
            Options = OptionsOf(_strategy),
            Symbols = _tape.Symbols,
            Currency = Currency,
            StartingCash = _settings.StartingCash,
            From = first,
            To = last,
            Ticks = _tape.Count,
            DataHash = _tape.Hash,
            Equity = _equity.Points,
            PeriodReturns = _equity.Returns,
            Period = _period,
            Orders = _placed.ConvertAll(id => _orders[id]),
            Fills = _fills,
            Signals = _signals,
            Trades = _trades.Closed,
            Tags = [.. _tags.Values],
            OpenSince = [.. _trades.Open.Select(static lot => lot.EntryTime)],
            ArrivalPrices = _account.ArrivalPrices,
            Benchmark = _benchmark.Points,
            Log = _log,
            Realised = _desk.Ledger.Realised,
            Unrealised = _desk.Ledger.Unrealised(_desk.Value),
            Fees = _desk.Ledger.Fees,
        };

    private static TradingSettings SettingsOf(MarketTape tape, BacktestSettings settings)
    {
        var isOfBars = tape.BarLength > TimeSpan.Zero;
        var limits = settings.Limits
            ?? RiskLimits.Default with
            {
                MaxOrderNotional = decimal.MaxValue,
                MaxQuoteAge = tape.BarLength > TickQuoteAge ? tape.BarLength : TickQuoteAge,
            };
        var fills = settings.Fills ?? (isOfBars ? new FillRules(TimeSpan.Zero) : FillRules.Default);
        return new TradingSettings(settings.Instruments.Get, limits, fills, static (order, tick) =>
            DeterministicId.Execution(order, tick, 0)
        )
        {
            Model = settings.Model,
        };
    }

    // An amount in another currency is not added as if it were this one.
    private static string CurrencyOf(MarketTape tape, BacktestSettings settings)
    {
        var currency = settings.Currency ?? settings.Instruments.Get(tape.Symbols[0]).Currency;
        var other = tape.Symbols.Select(settings.Instruments.Get).FirstOrDefault(terms => terms.IsTradable && terms.Currency != currency);
        return other is null
            ? currency
            : throw new BacktestException(
                $"{other.Symbol} is quoted in {other.Currency}, the account is in {currency}: choose symbols of one currency, or give the account that currency"
            );
    }

    internal static string RunOf(MarketTape tape, Strategy strategy, string name, BacktestSettings settings)
    {
        var options = string.Join(';', OptionsOf(strategy).Select(static option => $"{option.Key}={option.Value}"));
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{tape.Hash}/{name}/{CodeOf(strategy)}/{options}/{settings.StartingCash}/{settings.Currency}/{settings.Limits}/{settings.Fills}/{settings.Model}"
        );
        return $"backtest-{DeterministicId.Create("backtest", what):N}";
    }

    // Another strategy under the old name is another run, and so is the old one on another desk.
    private static string CodeOf(Strategy strategy) =>
        strategy is DocumentStrategy document
            ? document.Text
            : $"{strategy.GetType().Module.ModuleVersionId}/{typeof(TradingDesk).Module.ModuleVersionId}";

    private static Dictionary<string, string> OptionsOf(Strategy strategy) =>
        StrategyOptions.Of(strategy).ToDictionary(static option => option.Name, static option => option.Default, StringComparer.Ordinal);

    private static SymbolTable SymbolsOf(MarketTape tape)
    {
        var symbols = new SymbolTable();
        foreach (var name in tape.Symbols)
        {
            symbols.Intern(name);
        }

        return symbols;
    }
}
