namespace AITrader.Cli.Status;

/// <summary>The memory and processor time that processes use.</summary>
/// <param name="Processes">The number of processes.</param>
/// <param name="MemoryBytes">Proportional set size of all together.</param>
/// <param name="Cores">Processor time over time passed: 0.25 is a quarter of one core.</param>
internal sealed record Usage(int Processes, long MemoryBytes, double Cores);
