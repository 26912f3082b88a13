namespace AITrader.Cli;

/// <summary>A command cannot be done; the message says why and what to do.</summary>
internal sealed class Refusal(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}

/// <summary>What the shell learns.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotRunning = 3;
    public const int Interrupted = 130;
}
