using AITrader.Storage.Rows;

namespace AITrader.ExecutionEngine.Brokers.Parts;

/// <summary>A part of an order as it is at the broker, with what is on its way. One thread at a time.</summary>
internal sealed class PartAtBroker(BrokerOrderRow row)
{
    /// <summary>As it is stored, or is to be.</summary>
    public BrokerOrderRow Row { get; } = row;

    /// <summary>Executions that are booked.</summary>
    public HashSet<Guid> Executions { get; } = [];

    public bool IsPlacing { get; set; }

    public bool IsCancelling { get; set; }

    public bool IsChanging { get; set; }

    /// <summary>When the broker answered a change, or failed to; null where none is asked for.</summary>
    public DateTimeOffset? ChangeAnsweredAt { get; set; }

    /// <summary>Why the broker did not take a cancel; empty where it did.</summary>
    public string CancelRefusal { get; set; } = string.Empty;

    /// <summary>No request is repeated before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Looks at the broker's book that did not show it, in a row.</summary>
    public int Missing { get; set; }

    /// <summary>Whether it was said that it stays unknown.</summary>
    public bool HasAlarmed { get; set; }

    public bool IsOpen => Row.State != BrokerOrderStates.Done;
}
