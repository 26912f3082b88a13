namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>What the engine knows of the broker now, for people: health, metrics, endpoint. Safe from any thread.</summary>
internal sealed class BrokerState
{
    private readonly Lock _gate = new();
    private BrokerReading _reading = new();
    private volatile IReadOnlySet<string> _open = new HashSet<string>();

    public BrokerReading Reading
    {
        get
        {
            lock (_gate)
            {
                return _reading;
            }
        }
    }

    /// <summary>The broker answered.</summary>
    public void Heard(DateTimeOffset now) => Set(reading => reading with { LastContact = now, LostSince = null, Failure = string.Empty });

    /// <summary>The broker does not answer.</summary>
    public void Lost(DateTimeOffset since, string failure) => Set(reading => reading with { LostSince = since, Failure = failure });

    public void Begins(string broker)
    {
        Set(_ => new BrokerReading { Broker = broker });
        _open = new HashSet<string>();
    }

    /// <summary>The broker has, or may have, the parts with these tags and numbers.</summary>
    public void Opens(IReadOnlySet<string> namesOfParts) => _open = namesOfParts;

    /// <summary>Whether a tag, or a number of the broker, is that of a part that is not done.</summary>
    public bool IsOpen(string nameOfPart) => _open.Contains(nameOfPart);

    public void Shows(bool isAgreed, int working, IReadOnlyList<UnknownOrder> unknown) =>
        Set(reading => reading with { IsAgreed = isAgreed, Working = working, Unknown = unknown });

    public void Differs(IReadOnlyList<BrokerDifference> differences, DateTimeOffset comparedAt) =>
        Set(reading => reading with { Differences = differences, ComparedAt = comparedAt });

    private void Set(Func<BrokerReading, BrokerReading> change)
    {
        lock (_gate)
        {
            _reading = change(_reading);
        }
    }
}

/// <summary>What is known of the broker at one moment.</summary>
internal sealed record BrokerReading
{
    /// <summary>Its name; empty where live orders are simulated, or another instance has the account.</summary>
    public string Broker { get; init; } = string.Empty;

    /// <summary>Whether the books were compared, and orders are taken.</summary>
    public bool IsAgreed { get; init; }

    public DateTimeOffset? LastContact { get; init; }

    /// <summary>Since when it does not answer; null where it does.</summary>
    public DateTimeOffset? LostSince { get; init; }

    /// <summary>Why it does not answer.</summary>
    public string Failure { get; init; } = string.Empty;

    /// <summary>Parts of orders that it has, or may have.</summary>
    public int Working { get; init; }

    public IReadOnlyList<UnknownOrder> Unknown { get; init; } = [];

    public DateTimeOffset? ComparedAt { get; init; }

    public IReadOnlyList<BrokerDifference> Differences { get; init; } = [];
}

/// <summary>An order of which nobody knows whether the broker has it.</summary>
internal sealed record UnknownOrder(Guid OrderId, string Tag, DateTimeOffset Since);

/// <summary>Something in which the broker's books and ours differ.</summary>
/// <param name="Kind">foreign_order, unknown_trade, live_order, missing_order, position or cash.</param>
/// <param name="Key">What it is about: a number of the broker, or a symbol.</param>
/// <param name="Ours">What our books say.</param>
/// <param name="Theirs">What the broker's say.</param>
/// <param name="Policy">What is done about it.</param>
internal sealed record BrokerDifference(string Kind, string Key, string Ours, string Theirs, string Policy);
