using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>How live orders are kept at a broker, where <c>Execution:Broker</c> names one. Wall clock.</summary>
internal sealed class BrokerOptions
{
    public const string Section = "Broker";

    /// <summary>Time between two looks at the broker's orders and executions, whatever it tells by itself. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the broker may need to show what it took. An order without an answer that is not in its book after that was never
    /// taken. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>An order that was provably never taken: <c>reject</c>, or <c>send</c> it again while it is younger than
    /// <c>Execution:MaxOrderAge</c>. Default reject.</summary>
    [RegularExpression("reject|send")]
    public string WhenUnseen { get; set; } = "reject";

    /// <summary>How long a request is repeated that the broker was too busy for. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An order that is unknown for longer alarms. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan UnknownAlarm { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Without contact for longer, all working orders are cancelled as soon as the broker is back. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CancelAfterOutage { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between two comparisons of all books, positions and cash included. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "01:00:00")]
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Executions at the broker of orders that are not ours: <c>halt</c>, <c>adopt</c> them into the books, or <c>report</c>.
    /// Default halt.</summary>
    [RegularExpression("halt|adopt|report")]
    public string UnknownTrades { get; set; } = "halt";

    /// <summary>A position at the broker that differs from ours: <c>halt</c>, <c>adopt</c> the difference into the books, or
    /// <c>report</c>. It is never traded away. Default halt.</summary>
    [RegularExpression("halt|adopt|report")]
    public string Positions { get; set; } = "halt";

    /// <summary>An order of ours that lives at the broker and has ended here: <c>cancel</c>, <c>halt</c> or <c>report</c>. Default
    /// cancel.</summary>
    [RegularExpression("cancel|halt|report")]
    public string LiveOrders { get; set; } = "cancel";

    /// <summary>An order that works here and is not in the broker's book of today: <c>halt</c>, <c>adopt</c> its end, or <c>report</c>.
    /// Default halt.</summary>
    [RegularExpression("halt|adopt|report")]
    public string MissingOrders { get; set; } = "halt";

    /// <summary>Cash that differs by more than <see cref="CashTolerance"/> while nothing is held: <c>halt</c> or <c>report</c>. Default
    /// report.</summary>
    [RegularExpression("halt|report")]
    public string Cash { get; set; } = "report";

    /// <summary>Difference of cash that is none, such as charges that the broker debits at the end of the day. Default 1000.</summary>
    [Range(typeof(decimal), "0", "1000000000")]
    public decimal CashTolerance { get; set; } = 1_000m;
}

[OptionsValidator]
internal sealed partial class BrokerOptionsValidator : IValidateOptions<BrokerOptions>;
