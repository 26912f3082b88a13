namespace AITrader.Cli.Output;

/// <summary>Reports the progress of some work.</summary>
internal interface IProgressReport
{
    /// <summary>Reports how much is done.</summary>
    /// <param name="done">From zero to the total.</param>
    /// <param name="note">What is being done, in a few words.</param>
    void Report(double done, string note);

    /// <summary>Changes the total, where it turns out to be another one.</summary>
    void SetTotal(double total);
}
