namespace AITrader.Cli.Machine;

/// <summary>How bad a finding is.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Something will be installed, or does without.</summary>
    Warning,

    /// <summary>Nothing runs without.</summary>
    Failure,
}
