namespace AITrader.Cli.Output;

/// <summary>Tells how far some work is.</summary>
internal interface IProgressReport
{
    /// <summary>So much is done.</summary>
    /// <param name="done">From zero to the total.</param>
    /// <param name="note">What is being done, in a few words.</param>
    void Report(double done, string note);

    /// <summary>The total turned out to be another.</summary>
    void SetTotal(double total);
}
