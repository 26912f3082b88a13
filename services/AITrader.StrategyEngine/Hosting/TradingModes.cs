using AITrader.Trading.Risk;

namespace AITrader.StrategyEngine.Hosting;

/// <summary>Whether a strategy trades money. Replays are in no mode: they trade nothing but their own account.</summary>
internal static class TradingModes
{
    /// <summary>It does not.</summary>
    public const string Paper = "paper";

    /// <summary>It does, where the live account is a broker's.</summary>
    public const string Live = "live";

    /// <summary>The live account is a broker's.</summary>
    public const string Broker = "broker";

    /// <summary>What stands against a live order: one of a paper strategy never goes to a broker's account.</summary>
    public static Denial? Objection(string mode, string account) =>
        account == Broker && mode != Live ? Denial.Of("PAPER_STRATEGY", ("mode", mode), ("live_account", account)) : null;
}
