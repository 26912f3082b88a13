using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Broker;

/// <summary>How the answer to an order is lost.</summary>
internal enum LostAnswer
{
    /// <summary>The order is taken; no answer comes, and the line stays open.</summary>
    Hang,

    /// <summary>The order is taken; the line breaks.</summary>
    Drop,

    /// <summary>The order is taken; the answer is 504.</summary>
    Timeout,

    /// <summary>The order is taken; the answer is 502, as a page of a proxy.</summary>
    Page,

    /// <summary>The order is not taken; the answer is 504, the same as where it is.</summary>
    Unsent,
}

/// <summary>Faults that were requested for the next orders. Safe from any thread.</summary>
internal sealed class OrderFaults
{
    private readonly Lock _gate = new();
    private (LostAnswer Kind, int Count) _lost;
    private (string Message, string Raw, int Count) _rejects;
    private (TimeSpan By, int Count) _late;
    private (int Quantity, int Count) _partial;

    public void LoseAnswers(LostAnswer kind, int count) => Set(() => _lost = (kind, count));

    public void Reject(string message, string raw, int count) => Set(() => _rejects = (message, raw, count));

    public void Delay(TimeSpan by, int count) => Set(() => _late = (by, count));

    public void FillInParts(int quantity, int count) => Set(() => _partial = (quantity, count));

    public void Clear() => Set(() => (_lost, _rejects, _late, _partial) = (default, default, default, default));

    public LostAnswer? TakeLostAnswer()
    {
        lock (_gate)
        {
            return Use(ref _lost.Count) ? _lost.Kind : null;
        }
    }

    public (string Message, string Raw)? TakeReject()
    {
        lock (_gate)
        {
            return Use(ref _rejects.Count) ? (_rejects.Message, _rejects.Raw) : null;
        }
    }

    /// <summary>The order with the faults that are meant for it.</summary>
    public BrokerOrder Mark(BrokerOrder order, DateTimeOffset now)
    {
        lock (_gate)
        {
            return order with
            {
                NotBefore = Use(ref _late.Count) ? now + _late.By : order.NotBefore,
                MaxFill = Use(ref _partial.Count) ? _partial.Quantity : order.MaxFill,
            };
        }
    }

    private static bool Use(ref int count)
    {
        if (count == 0)
        {
            return false;
        }

        count--;
        return true;
    }

    private void Set(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }
}
