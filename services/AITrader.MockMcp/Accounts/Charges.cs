namespace AITrader.MockMcp.Accounts;

/// <summary>Taxes and fees of an order in shares at the NSE, by Zerodha's published rates.</summary>
internal sealed record Charges
{
    private const decimal BrokerageRate = 0.0003m;
    private const decimal BrokerageCap = 20;
    private const decimal ExchangeRate = 0.0000307m;
    private const decimal SebiRate = 0.000001m;
    private const decimal GstRate = 0.18m;

    public decimal TransactionTax { get; private init; }

    public string TransactionTaxType { get; init; } = "stt";

    public decimal ExchangeTurnoverCharge { get; private init; }

    public decimal SebiTurnoverCharge { get; private init; }

    public decimal Brokerage { get; private init; }

    public decimal StampDuty { get; private init; }

    public GoodsTax Gst => new(GstRate * (Brokerage + ExchangeTurnoverCharge + SebiTurnoverCharge), 0, 0);

    public decimal Total => TransactionTax + ExchangeTurnoverCharge + SebiTurnoverCharge + Brokerage + StampDuty + Gst.Total;

    public static Charges Of(string product, bool isBuy, decimal value)
    {
        var isDelivery = product is "CNC" or "MTF";
        return new Charges
        {
            TransactionTax =
                value
                * (
                    isDelivery ? 0.001m
                    : isBuy ? 0
                    : 0.00025m
                ),
            ExchangeTurnoverCharge = value * ExchangeRate,
            SebiTurnoverCharge = value * SebiRate,
            Brokerage = product == "CNC" ? 0 : Math.Min(BrokerageCap, value * BrokerageRate),
            StampDuty = isBuy ? value * (isDelivery ? 0.00015m : 0.00003m) : 0,
        };
    }
}

/// <summary>India's goods and services tax.</summary>
internal sealed record GoodsTax(decimal Igst, decimal Cgst, decimal Sgst)
{
    public decimal Total => Igst + Cgst + Sgst;
}
