namespace AITrader.Venues.Kite.Ticker;

/// <summary>Why a packet cannot be read.</summary>
public enum KiteRefusal
{
    /// <summary>No kind of packet has its length.</summary>
    Length,

    /// <summary>Its segment is not known, so nobody can say what its prices are divided by.</summary>
    Segment,
}

/// <summary>A packet that cannot be read; those after it can.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Length">Length of its body.</param>
/// <param name="Token">Instrument token; 0 where the body is too short for one.</param>
public readonly record struct KiteRefusedPacket(KiteRefusal Reason, int Length, uint Token)
{
    /// <summary>The segment, as the token tells it.</summary>
    public int Segment => KiteSegment.Of(Token);
}
