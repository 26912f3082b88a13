namespace AITrader.Cli.Machine;

/// <summary>One thing that was looked at.</summary>
internal sealed record Finding(Verdict Verdict, string Name, string Text);
