namespace AITrader.Storage.Queries;

/// <summary>The last row of a page, newest first: the next page begins after it.</summary>
/// <param name="Time">Its time.</param>
/// <param name="Id">Its id, which orders rows of the same time.</param>
public readonly record struct KeysetPosition(DateTimeOffset Time, Guid Id);
