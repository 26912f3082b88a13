using System.ComponentModel.DataAnnotations;

namespace AITrader.MockMcp.Broker;

/// <summary>Settings of the account and of what keeps it.</summary>
internal sealed class BrokerOptions
{
    public const string Section = "Broker";

    /// <summary>Cash of the account before its first day, in rupees.</summary>
    [Range(0, 1_000_000_000)]
    public decimal Cash { get; set; } = 1_000_000;

    /// <summary>Shares in the account before its first day, such as <c>INFY:10@1500,SBIN:20@700.50</c>; empty for none.</summary>
    [EndowmentList]
    public string Holdings { get; set; } = string.Empty;

    /// <summary>File that orders, trades, conversions and triggers are appended to, and read back from at the start; empty to forget them
    /// with
    /// the process.</summary>
    public string JournalFile { get; set; } = string.Empty;

    /// <summary>Trade only in NSE's hours; else at any hour.</summary>
    public bool MarketHours { get; set; }

    /// <summary>Where order updates are posted, with their checksum; empty for nowhere.</summary>
    [RegularExpression("(https?://.+)?")]
    public string PostbackUrl { get; set; } = string.Empty;
}
