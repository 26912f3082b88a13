using System.Collections.Frozen;

namespace AITrader.Storage.Roles;

/// <summary>One kind of access to the database: what it may do with each table, and which functions it may call.</summary>
/// <remarks>None may change the schema, own anything, or take part in another role. What a table's name is not listed under has the kind's
/// usual rights.</remarks>
public sealed class DatabaseRole
{
    private const string Nothing = "";
    private const string Read = "SELECT";
    private const string Append = "SELECT, INSERT";
    private const string Write = "SELECT, INSERT, UPDATE";
    private const string WriteAndDelete = "SELECT, INSERT, UPDATE, DELETE";

    private readonly string _usual;
    private readonly FrozenDictionary<string, string> _tables;

    private DatabaseRole(
        string kind,
        string usual,
        IReadOnlyList<string> functions,
        params IEnumerable<KeyValuePair<string, string>> tables
    )
    {
        Kind = kind;
        _usual = usual;
        Functions = functions;
        _tables = tables.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The services that trade: they add to the record and keep the books, and know nothing of who signs in.</summary>
    public static DatabaseRole App { get; } =
        new(
            "app",
            Write,
            ["make_tick_partition(date)", "drop_tick_partition(date)", "delete_run(text)"],
            [
                // The audit trail: a compromised service cannot rewrite it.
                new("audit_events", Append),
                // What was cited stays as it was read.
                new("documents", Append),
                new("equity", Append),
                new("executions", Append),
                new("order_events", Append),
                new("ticks", Append),
                new("trades", Append),
                new("risk_limits", Read),
                new("risk_proposals", Nothing),
                new("kill_switches", Read),
                new("adjustments", "SELECT, UPDATE"),
                new("feature_flags", Read),
                new("inbox", WriteAndDelete),
                new("jobs", WriteAndDelete),
                new("outbox", WriteAndDelete),
                new("sentiment_items", WriteAndDelete),
                new("sentiment_readings", WriteAndDelete),
                new("tick_partitions", WriteAndDelete),
                new("users", Nothing),
                new("sign_in_codes", Nothing),
            ]
        );

    /// <summary>The gateway: it reads everything, signs people in and halts trading. The one service that strangers reach books
    /// nothing.</summary>
    public static DatabaseRole Gateway { get; } =
        new(
            "gateway",
            Read,
            [],
            [
                new("users", Write),
                new("sign_in_codes", WriteAndDelete),
                new("audit_events", Append),
                new("risk_limits", Write),
                new("risk_proposals", WriteAndDelete),
                new("kill_switches", WriteAndDelete),
                new("feature_flags", Write),
                // People's orders lie there until they are on the bus.
                new("outbox", "SELECT, INSERT, UPDATE (sent_at)"),
                // It asks the execution engine to book them.
                new("adjustments", Append),
                // It asks the worker for jobs, and to end them.
                new("jobs", "SELECT, INSERT, UPDATE (cancel_asked_at)"),
                new("runs", "SELECT, UPDATE (delete_asked_at)"),
                new("accounts", "SELECT, UPDATE (trading_state, halt_reason, updated_at)"),
            ]
        );

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DatabaseRole> All { get; } = [App, Gateway];

    /// <summary>The word for it in settings: <c>Roles:{kind}:Password</c>.</summary>
    public string Kind { get; }

    /// <summary>Name of its login where none is set: <c>aitrader_app</c>, <c>aitrader_gateway</c>.</summary>
    public string DefaultLogin => $"aitrader_{Kind}";

    internal IReadOnlyList<string> Functions { get; }

    // Rows that get their numbers from a serial column ask its sequence.
    internal bool DrawsFromSequences => _usual == Write;

    /// <summary>What it may do with a table, as GRANT says it; empty where nothing.</summary>
    internal string RightsOn(string table) => _tables.GetValueOrDefault(table, _usual);
}
