namespace AITrader.Cli.Machine;

/// <summary>How severe a finding is.</summary>
internal enum Verdict
{
    /// <summary>Nothing is wrong.</summary>
    Ok,

    /// <summary>A command will install what is missing, or works without it.</summary>
    Warning,

    /// <summary>The system does not run like this.</summary>
    Failure,
}
