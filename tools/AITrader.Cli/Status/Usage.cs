namespace AITrader.Cli.Status;

/// <summary>What processes take of the machine.</summary>
/// <param name="Processes">How many they are.</param>
/// <param name="MemoryBytes">Proportional set size of all together.</param>
/// <param name="Cores">Processor time over time passed: 0.25 is a quarter of one core.</param>
internal sealed record Usage(int Processes, long MemoryBytes, double Cores);
