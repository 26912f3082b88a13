namespace AITrader.Backend.Data;

/// <summary>A page of a list, newest first.</summary>
/// <typeparam name="T">Item.</typeparam>
/// <param name="Items">Items.</param>
/// <param name="Next">Cursor for <c>before</c>; null on the last page.</param>
public sealed record PageResponse<T>(IReadOnlyList<T> Items, string? Next);
