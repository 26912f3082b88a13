namespace AITrader.Cli.Failures;

/// <summary>A command cannot be done; the message says why and what to do.</summary>
internal class Refusal(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}
