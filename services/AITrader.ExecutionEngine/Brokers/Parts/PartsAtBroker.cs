using AITrader.Storage.Rows;

namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>All parts of orders that a broker may tell of, and which of them are to be stored. One thread at a time.</summary>
internal sealed class PartsAtBroker
{
    private readonly Dictionary<Guid, PartAtBroker> _byId = [];
    private readonly Dictionary<string, PartAtBroker> _byTag = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PartAtBroker> _byNumber = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, List<PartAtBroker>> _byOrder = [];
    private readonly HashSet<PartAtBroker> _changed = [];

    public IReadOnlyCollection<PartAtBroker> All => _byId.Values;

    public IReadOnlyCollection<PartAtBroker> Changed => _changed;

    public void Add(PartAtBroker part)
    {
        _byId.Add(part.Row.Id, part);
        _byTag[part.Row.Tag] = part;
        if (part.Row.BrokerOrderId is { } number)
        {
            _byNumber[number] = part;
        }

        if (!_byOrder.TryGetValue(part.Row.OrderId, out var parts))
        {
            _byOrder[part.Row.OrderId] = parts = [];
        }

        parts.Add(part);
    }

    public PartAtBroker? Find(Guid id) => _byId.GetValueOrDefault(id);

    public PartAtBroker? OfNumber(string number) => _byNumber.GetValueOrDefault(number);

    /// <summary>The part with a tag that has no other number yet.</summary>
    public PartAtBroker? OfTag(string tag, string number) =>
        tag.Length > 0 && _byTag.TryGetValue(tag, out var part) && (part.Row.BrokerOrderId ?? number) == number ? part : null;

    /// <summary>The parts of an order, in turn.</summary>
    public IReadOnlyList<PartAtBroker> Of(Guid orderId) => _byOrder.GetValueOrDefault(orderId, []);

    /// <summary>The part that is not done; null where all are, or there is none.</summary>
    public PartAtBroker? Current(Guid orderId) => Of(orderId).LastOrDefault(static part => part.IsOpen);

    /// <summary>Tags and numbers of the parts that are not done.</summary>
    public IReadOnlySet<string> NamesOfOpen() =>
        All.Where(static part => part.IsOpen)
            .SelectMany(static part => (string?[])[part.Row.Tag, part.Row.BrokerOrderId])
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The broker's number of a part is known: it has it.</summary>
    public void Identify(PartAtBroker part, string number, DateTimeOffset now)
    {
        _byNumber[number] = part;
        if (part.Row.BrokerOrderId == number && part.Row.State is BrokerOrderStates.Working or BrokerOrderStates.Done)
        {
            return;
        }

        part.Row.BrokerOrderId = number;
        Enter(part, part.IsOpen ? BrokerOrderStates.Working : BrokerOrderStates.Done, now);
    }

    /// <summary>A part enters a state.</summary>
    public void Enter(PartAtBroker part, string state, DateTimeOffset now)
    {
        part.Row.State = state;
        part.Row.UnknownSince = state == BrokerOrderStates.Unknown ? part.Row.UnknownSince ?? now : null;
        Touch(part, now);
    }

    /// <summary>A part has changed and is to be stored.</summary>
    public void Touch(PartAtBroker part, DateTimeOffset now)
    {
        part.Row.UpdatedAt = now;
        _changed.Add(part);
    }

    /// <summary>What had changed is stored.</summary>
    public void Stored(IReadOnlyCollection<PartAtBroker> stored) => _changed.ExceptWith(stored);
}
