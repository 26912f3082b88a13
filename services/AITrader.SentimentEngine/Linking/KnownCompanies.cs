namespace AITrader.SentimentEngine.Linking;

/// <summary>The companies that are known without settings: those of the mock exchange.</summary>
internal static class KnownCompanies
{
    public static IReadOnlyList<ListedCompany> All { get; } =
    [
        Of("NSE:INFY", ["Infosys"], notNames: ["Infosys Foundation", "Infosys Prize"]),
        Of(
            "NSE:RELIANCE",
            ["Reliance Industries", "Reliance", "RIL"],
            notNames: ["Reliance Power", "Reliance Capital", "Reliance Infra", "Reliance Infrastructure", "Reliance Home", "Reliance on"]
        ),
        Of(
            "NSE:TCS",
            ["Tata Consultancy Services", "Tata Consultancy"],
            unless: ["tax", "remittance", "remittances", "LRS", "TDS", "Collected", "collected"]
        ),
        Of(
            "NSE:HDFCBANK",
            ["HDFC Bank", "HDFC"],
            notNames: ["HDFC Life", "HDFC AMC", "HDFC Mutual", "HDFC Mutual Fund", "HDFC ERGO", "HDFC Credila", "HDFC Securities"]
        ),
        Of(
            "NSE:SBIN",
            ["State Bank of India", "SBI"],
            notNames: ["SBI Life", "SBI Card", "SBI Cards", "SBI Mutual", "SBI Mutual Fund", "SBI Funds", "SBI General"]
        ),
    ];

    private static ListedCompany Of(string symbol, string[] names, string[]? notNames = null, string[]? unless = null)
    {
        var company = new ListedCompany { Symbol = symbol };
        Array.ForEach(names, company.Names.Add);
        Array.ForEach(notNames ?? [], company.NotNames.Add);
        Array.ForEach(unless ?? [], company.Unless.Add);
        return company;
    }
}
