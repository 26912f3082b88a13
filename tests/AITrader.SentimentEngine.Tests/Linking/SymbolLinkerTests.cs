using AITrader.SentimentEngine.Linking;

namespace AITrader.SentimentEngine.Tests.Linking;

public sealed class SymbolLinkerTests
{
    private static readonly SymbolLinker Linker = new([
        .. KnownCompanies.All,
        new ListedCompany { Symbol = "NYSE:IT", Names = { "Gartner" } },
        new ListedCompany { Symbol = "NYSE:ALL", Names = { "Allstate" } },
        new ListedCompany { Symbol = "NASDAQ:ON", Names = { "onsemi", "ON Semiconductor" } },
        new ListedCompany { Symbol = "NYSE:ARE" },
        new ListedCompany { Symbol = "NYSE:F", Names = { "Ford Motor" } },
        new ListedCompany { Symbol = "NSE:M&M", Names = { "Mahindra & Mahindra" } },
        new ListedCompany { Symbol = "NASDAQ:AAPL", Names = { "Apple" } },
    ]);

    [Theory]
    [InlineData("$INFY beats estimates", "NSE:INFY")]
    [InlineData("loading up on $infy today", "NSE:INFY")]
    [InlineData("Infosys's margin widens", "NSE:INFY")]
    [InlineData("Infosys’ margin widens", "NSE:INFY")]
    [InlineData("Results (NSE: INFY) are out", "NSE:INFY")]
    [InlineData("INFY.NS opens higher", "NSE:INFY")]
    [InlineData("INFY and the market", "NSE:INFY")]
    [InlineData("M&M sells more tractors", "NSE:M&M")]
    [InlineData("Mahindra & Mahindra sells more tractors", "NSE:M&M")]
    [InlineData("State Bank of India raises rates", "NSE:SBIN")]
    [InlineData("$IT is cheap", "NYSE:IT")]
    [InlineData("(NYSE: ALL) raises premiums", "NYSE:ALL")]
    [InlineData("ON Semiconductor cuts its forecast", "NASDAQ:ON")]
    [InlineData("Gartner warns", "NYSE:IT")]
    [InlineData("TCS wins a deal", "NSE:TCS")]
    public void A_text_about_a_company_is_linked_to_it(string text, string symbol) => Assert.Equal([symbol], Symbols(text));

    // Reported of ticker counters: ON 28 times, ARE 26 times among the ten "most mentioned stocks" (wallstreetbets-sentiment-analysis #2).
    [Theory]
    [InlineData("IT spending is up")]
    [InlineData("ALL eyes ON the Fed")]
    [InlineData("WE ARE GOING HIGHER AND INFY TOO SAYS EVERYBODY")]
    [InlineData("F in the chat")]
    [InlineData("apple pie recipe")]
    [InlineData("infy without a sign in lower case")]
    [InlineData("HDFC Life raises its payout")]
    [InlineData("SBI Cards reports bad loans")]
    [InlineData("Reliance Power defaults")]
    [InlineData("Reliance on imports grows")]
    [InlineData("New tax: TCS at 20 percent on remittances")]
    [InlineData("It costs $100 and $1.5 more")]
    [InlineData("INFYX is another thing, and so is XINFY")]
    [InlineData("")]
    public void Words_that_only_look_like_a_symbol_are_not_linked(string text) => Assert.Empty(Symbols(text));

    [Fact]
    public void A_longer_name_does_not_hide_the_company_elsewhere_in_the_text() =>
        Assert.Equal(["NSE:HDFCBANK"], Symbols("HDFC Life and HDFC Bank part ways"));

    [Fact]
    public void What_is_in_the_title_is_more_relevant_than_what_is_in_the_body()
    {
        var links = Linker.Link(Texts.News("Infosys rises", "Unlike Tata Consultancy Services it hires."));
        Assert.True(Relevance(links, "NSE:INFY") > Relevance(links, "NSE:TCS"));
        Assert.Equal("Tata Consultancy Services", links.Single(static link => link.Symbol == "NSE:TCS").Words);
    }

    [Fact]
    public void A_list_of_many_symbols_is_little_about_each()
    {
        var one = Assert.Single(Linker.Link(Texts.Post("$INFY", "a")));
        var many = Linker.Link(Texts.Post("$INFY $TCS $SBIN $RELIANCE $HDFCBANK $IT", "a"));
        Assert.Equal(6, many.Count);
        Assert.Equal(one.Relevance / 2, Relevance(many, "NSE:INFY"), 9);
    }

    [Fact]
    public void What_the_source_says_counts_before_the_text()
    {
        var link = Assert.Single(Linker.Link(Texts.News("Annual report") with { Symbols = ["NSE:INFY"] }));
        Assert.Equal((LinkEvidence.Source, 1d), (link.Evidence, link.Relevance));
    }

    [Fact]
    public void The_surest_evidence_is_told()
    {
        Assert.Equal(LinkEvidence.Tagged, Assert.Single(Linker.Link(Texts.News("$INFY", "Infosys and INFY"))).Evidence);
        Assert.Equal(LinkEvidence.Name, Assert.Single(Linker.Link(Texts.News("INFY: Infosys rises"))).Evidence);
    }

    private static IEnumerable<string> Symbols(string text) => Linker.Link(Texts.News(text)).Select(static link => link.Symbol);

    private static double Relevance(IReadOnlyList<SymbolLink> links, string symbol) =>
        links.Single(link => link.Symbol == symbol).Relevance;
}
