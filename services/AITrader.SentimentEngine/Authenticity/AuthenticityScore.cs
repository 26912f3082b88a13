namespace AITrader.SentimentEngine.Authenticity;

/// <summary>One reason for an authenticity.</summary>
/// <param name="Name">Which, from <see cref="ReasonNames"/>.</param>
/// <param name="Effect">What it adds to the log-odds.</param>
/// <param name="Text">What was seen.</param>
internal sealed record AuthenticityReason(string Name, double Effect, string Text);

/// <summary>How far an item is to be believed: the logistic function of the sum of its reasons' effects.</summary>
/// <param name="Value">Authenticity in (0, 1).</param>
/// <param name="Reasons">Its reasons; their effects add up to the log-odds.</param>
internal sealed record AuthenticityScore(double Value, IReadOnlyList<AuthenticityReason> Reasons)
{
    public static AuthenticityScore Of(IReadOnlyList<AuthenticityReason> reasons) =>
        new(1 / (1 + Math.Exp(-reasons.Sum(static reason => reason.Effect))), reasons);
}

/// <summary>Names of reasons.</summary>
internal static class ReasonNames
{
    public const string Reliability = "source-reliability";
    public const string Corroboration = "corroboration";
    public const string Uncorroborated = "uncorroborated";
    public const string Copy = "copy";
    public const string Late = "late";
    public const string Undated = "undated";
    public const string NewAccount = "new-account";
    public const string FewFollowers = "few-followers";
    public const string Verified = "verified-account";
    public const string Flooding = "flooding";
    public const string Promotion = "promotional-language";
    public const string PumpWave = "pump-wave";
}
