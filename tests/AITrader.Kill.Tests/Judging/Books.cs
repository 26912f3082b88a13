namespace AITrader.Kill.Tests.Judging;

/// <summary>An order in the mock exchange's own ledger.</summary>
internal sealed record LedgerOrder(string Number, string Tag, string Status, decimal Filled);

/// <summary>A trade in the mock exchange's own ledger.</summary>
/// <param name="Number">The trade's number.</param>
/// <param name="Order">Number of its order.</param>
/// <param name="Quantity">Bought, or sold with a minus.</param>
/// <param name="Price">Rupees.</param>
internal sealed record LedgerTrade(string Number, string Order, decimal Quantity, decimal Price);

/// <summary>An order in our books.</summary>
/// <param name="Id">The order.</param>
/// <param name="Status">State.</param>
/// <param name="Reason">Why it ended so.</param>
/// <param name="Filled">Executed quantity.</param>
/// <param name="Numbers">What the broker calls its parts.</param>
internal sealed record BookedOrder(Guid Id, string Status, string Reason, decimal Filled, IReadOnlyList<string> Numbers);

/// <summary>An execution in our books; the quantity with a minus where sold.</summary>
internal sealed record BookedExecution(decimal Quantity, decimal Price, decimal Fee);

/// <summary>Everything that the judge looks at, read when all is quiet.</summary>
internal sealed record Books
{
    public IReadOnlyList<LedgerOrder> LedgerOrders { get; init; } = [];

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<LedgerTrade> LedgerTrades { get; init; } = [];

    public IReadOnlyList<BookedOrder> Orders { get; init; } = [];

    public IReadOnlyList<BookedExecution> Executions { get; init; } = [];

    /// <summary>Orders that somebody was told would be taken, or that a strategy has stored.</summary>
    public IReadOnlyCollection<Guid> Owed { get; init; } = [];

    /// <summary>Orders that were refused without a row, as duplicates are.</summary>
    public IReadOnlyCollection<Guid> Refused { get; init; } = [];

    public decimal Position { get; init; }

    public decimal InitialCash { get; init; }

    public decimal Cash { get; init; }

    /// <summary>ACTIVE, unless something halted trading, with its reason.</summary>
    public string TradingState { get; init; } = "ACTIVE";

    public decimal MaxPosition { get; init; }
}
