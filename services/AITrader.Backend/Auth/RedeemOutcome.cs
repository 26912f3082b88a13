using AITrader.Storage.Rows;

namespace AITrader.Backend.Auth;

/// <summary>What became of a code.</summary>
internal abstract record RedeemOutcome
{
    private RedeemOutcome() { }

    /// <summary>It was good for this user, and is used up now.</summary>
    internal sealed record SignedIn(UserRow User) : RedeemOutcome;

    /// <summary>It was made here, and was used before or is too old.</summary>
    internal sealed record Over : RedeemOutcome;

    /// <summary>It was never made here.</summary>
    internal sealed record Unknown : RedeemOutcome;
}
