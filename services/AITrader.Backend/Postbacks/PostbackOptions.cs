namespace AITrader.Backend.Postbacks;

/// <summary>Whether a broker may tell of orders by posting to the gateway.</summary>
internal sealed class PostbackOptions
{
    public const string Section = "Postbacks";

    /// <summary>Whether <c>POST /api/v1/broker/postback</c> exists. It is open to everybody: a postback proves by its checksum that it is
    /// the broker's. Default false.</summary>
    public bool Enabled { get; set; }
}
