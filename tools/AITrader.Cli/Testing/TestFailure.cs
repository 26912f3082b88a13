namespace AITrader.Cli.Testing;

/// <summary>A test that failed.</summary>
internal sealed record TestFailure(string Name, string Message, string Trace);
