using AITrader.MockMcp.Accounts;
using AITrader.MockMcp.Market;
using AITrader.MockMcp.Orders;
using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Broker;

/// <summary>All that the broker knows: orders with their past, trades, triggers and the account. Each change is in the journal before it is
/// here. Not safe from several threads.</summary>
internal sealed class BrokerState : IDisposable
{
    private readonly Dictionary<string, List<BrokerOrder>> _orders = new(StringComparer.Ordinal);
    private readonly List<string> _sequence = [];
    private readonly HashSet<string> _live = new(StringComparer.Ordinal);
    private readonly List<Trade> _trades = [];
    private readonly Dictionary<int, Gtt> _gtts = [];
    private readonly BrokerJournal _journal;
    private readonly OrderFeed _feed;

    public BrokerState(IOptions<BrokerOptions> options, OrderFeed feed)
    {
        _feed = feed;
        Account = new Account(options.Value.Cash);
        foreach (var holding in Endowment.Parse(options.Value.Holdings))
        {
            Account.Endow(holding);
        }

        _journal = new BrokerJournal(options.Value.JournalFile);
        foreach (var line in _journal.ReadAll())
        {
            Take(line);
        }
    }

    public OrderIds Ids { get; } = new();

    public Account Account { get; }

    public IReadOnlyList<Trade> Trades => _trades;

    public IEnumerable<Gtt> Gtts => _gtts.Values;

    /// <summary>Present states, in the order of placement.</summary>
    public IEnumerable<BrokerOrder> Orders => _sequence.Select(id => _orders[id][^1]);

    /// <summary>Those that are not final, in the order of placement.</summary>
    public IReadOnlyList<BrokerOrder> Live => [.. _live.Order(StringComparer.Ordinal).Select(id => _orders[id][^1])];

    public BrokerOrder? Order(string id) => _orders.TryGetValue(id, out var states) ? states[^1] : null;

    /// <summary>All states of an order, oldest first; empty for an unknown one.</summary>
    public IReadOnlyList<BrokerOrder> History(string id) => _orders.TryGetValue(id, out var states) ? states : [];

    public Gtt? Gtt(int id) => _gtts.GetValueOrDefault(id);

    /// <summary>Keeps a new state, with the trade that made it, and tells of it.</summary>
    public BrokerOrder Keep(BrokerOrder order, Trade? trade = null)
    {
        Write(new JournalLine { Order = order, Trade = trade });
        _feed.Tell(order);
        return order;
    }

    public void Keep(Conversion conversion) => Write(new JournalLine { Conversion = conversion });

    public Gtt Keep(Gtt gtt)
    {
        Write(new JournalLine { Gtt = gtt });
        return gtt;
    }

    public void RollTo(DateTimeOffset now) => Account.RollTo(IndianTime.DateOf(now));

    public void Dispose() => _journal.Dispose();

    private void Write(JournalLine line)
    {
        _journal.Append(line);
        Take(line);
    }

    private void Take(JournalLine line)
    {
        if (line.Trade is { } trade)
        {
            _trades.Add(trade);
            Account.Apply(trade);
            Ids.Continue(trade);
        }

        if (line.Order is { } order)
        {
            Take(order);
        }

        if (line.Conversion is { } conversion)
        {
            Account.Apply(conversion);
        }

        if (line.Gtt is { } gtt)
        {
            _gtts[gtt.Id] = gtt;
            Ids.Continue(gtt.Id);
        }
    }

    private void Take(BrokerOrder order)
    {
        if (!_orders.TryGetValue(order.Id, out var states))
        {
            _orders[order.Id] = states = [];
            _sequence.Add(order.Id);
        }

        states.Add(order);
        Ids.Continue(order);
        if (order.IsFinal)
        {
            _live.Remove(order.Id);
        }
        else
        {
            _live.Add(order.Id);
        }
    }
}
