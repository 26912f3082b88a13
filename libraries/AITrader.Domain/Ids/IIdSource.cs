namespace AITrader.Domain.Ids;

/// <summary>Makes ids that cannot be derived from their cause. Everything that a replay repeats derives its ids instead.</summary>
public interface IIdSource
{
    /// <summary>A new id, later in order than all before it from this source.</summary>
    Guid NewId();
}
