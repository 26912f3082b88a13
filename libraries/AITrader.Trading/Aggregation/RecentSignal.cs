namespace AITrader.Trading.Aggregation;

/// <summary>An earlier signal of the same symbol.</summary>
/// <param name="Pattern">Detector that found it.</param>
/// <param name="Direction">+1 where it pointed up, -1 where it pointed down.</param>
/// <param name="Score">Its strength in [0, 1].</param>
/// <param name="At">Its event time.</param>
/// <param name="IsRepeat">Whether it was a repeat itself: repeats do not make further repeats.</param>
public sealed record RecentSignal(string Pattern, int Direction, double Score, DateTimeOffset At, bool IsRepeat);
