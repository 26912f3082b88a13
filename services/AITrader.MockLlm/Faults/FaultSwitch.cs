namespace AITrader.MockLlm.Faults;

/// <summary>Holds the active fault, if any.</summary>
internal sealed class FaultSwitch
{
    private readonly Lock _gate = new();
    private Fault? _fault;

    public Fault? Current
    {
        get
        {
            lock (_gate)
            {
                return _fault;
            }
        }
    }

    public void Set(Fault? fault)
    {
        lock (_gate)
        {
            _fault = fault;
        }
    }

    /// <summary>Returns the fault for one request, and counts the request.</summary>
    public Fault? Take()
    {
        lock (_gate)
        {
            var fault = _fault;
            if (fault?.Times is { } times)
            {
                _fault = times > 1 ? fault with { Times = times - 1 } : null;
            }

            return fault;
        }
    }
}
