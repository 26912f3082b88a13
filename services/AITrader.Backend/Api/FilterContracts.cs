namespace AITrader.Backend.Api;

/// <summary>Which orders.</summary>
/// <param name="Symbol">Of this instrument.</param>
/// <param name="Status">In this state.</param>
/// <param name="Limit">1 to 500; 100 where absent.</param>
/// <param name="Before">Cursor of the page before.</param>
/// <param name="Run">Of this run: live, a name, * for all; the one that is shown where absent.</param>
public sealed record OrderFilter(
    string? Symbol = null,
    string? Status = null,
    int? Limit = null,
    string? Before = null,
    string? Run = null
);
