namespace AITrader.Hosting.Restarts;

/// <summary>What a new state of a replica means for its supervision.</summary>
internal enum StateChange
{
    Nothing,
    Ended,
    StartedByHand,
}
