using AITrader.Domain.Ids;

namespace AITrader.Storage.Rows;

/// <summary>Ids of audit events that follow from what they are about, so that the same event is written once and can be found.</summary>
public static class AuditIds
{
    /// <summary>Of the refusal of an order that got no row.</summary>
    public static Guid Refused(Guid order) => DeterministicId.Create("audit", $"refused/{order:D}");
}
