namespace AITrader.Cli.Machine;

/// <summary>The result of one check of the machine.</summary>
internal sealed record Finding(Verdict Verdict, string Name, string Text);
