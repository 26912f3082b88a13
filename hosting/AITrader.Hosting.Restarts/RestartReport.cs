namespace AITrader.Hosting.Restarts;

/// <summary>What became of one resource.</summary>
internal sealed record RestartReport(string Resource, int Restarts, bool LeftDown, string Reason, DateTimeOffset At);
