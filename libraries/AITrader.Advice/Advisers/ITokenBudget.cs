namespace AITrader.Advice.Advisers;

/// <summary>Counts the tokens of a day (UTC). Tokens are taken before a call and set right after it, so that questions asked at once cannot
/// overdraw it together.</summary>
public interface ITokenBudget
{
    /// <summary>Takes tokens for a call: the day that they were taken of, or null where it has not as many left.</summary>
    ValueTask<DateOnly?> TryTakeAsync(long tokens, CancellationToken ct);

    /// <summary>Sets right what was taken. What belonged to an earlier day stays there.</summary>
    ValueTask SettleAsync(DateOnly day, long taken, long used, CancellationToken ct);
}
