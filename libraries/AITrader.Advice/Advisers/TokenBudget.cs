namespace AITrader.Advice.Advisers;

/// <summary>Counts the tokens of a day (UTC). Tokens are taken before a call and set right after it, so that questions asked at once cannot
/// overdraw it together.</summary>
public sealed class TokenBudget(long perDay, TimeProvider time)
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

    /// <summary>Takes tokens for a call; false where the day has not as many left.</summary>
    internal bool TryTake(long tokens, out DateOnly day)
    {
        lock (_gate)
        {
            day = Turn();
            if (tokens > perDay - _used)
            {
                return false;
            }

            _used += tokens;
            return true;
        }
    }

    /// <summary>Sets right what was taken. What belonged to an earlier day stays there.</summary>
    internal void Settle(DateOnly day, long taken, long used)
    {
        lock (_gate)
        {
            if (Turn() == day)
            {
                _used += used - taken;
            }
        }
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
