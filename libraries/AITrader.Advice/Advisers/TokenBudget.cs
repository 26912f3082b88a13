namespace AITrader.Advice.Advisers;

/// <summary>A budget of one process, which a restart begins anew.</summary>
public sealed class TokenBudget(long perDay, TimeProvider time) : ITokenBudget
{
    private readonly Lock _gate = new();
    private DateOnly _day;
    private long _used;

    /// <summary>Tokens used or taken today.</summary>
    public long UsedToday
    {
        get
        {
            lock (_gate)
            {
                Turn();
                return _used;
            }
        }
    }

    /// <inheritdoc />
    public ValueTask<DateOnly?> TryTakeAsync(long tokens, CancellationToken ct)
    {
        lock (_gate)
        {
            var day = Turn();
            if (tokens > perDay - _used)
            {
                return ValueTask.FromResult<DateOnly?>(null);
            }

            _used += tokens;
            return ValueTask.FromResult<DateOnly?>(day);
        }
    }

    /// <inheritdoc />
    public ValueTask SettleAsync(DateOnly day, long taken, long used, CancellationToken ct)
    {
        lock (_gate)
        {
            if (Turn() == day)
            {
                _used += used - taken;
            }
        }

        return ValueTask.CompletedTask;
    }

    private DateOnly Turn()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (today != _day)
        {
            (_day, _used) = (today, 0);
        }

        return today;
    }
}
