namespace AITrader.Cli.Processes;

/// <summary>A program to run.</summary>
internal sealed record ExternalCall(string Program, IReadOnlyList<string> Arguments, string Folder)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
