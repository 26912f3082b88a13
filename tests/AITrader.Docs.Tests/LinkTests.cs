using AITrader.Docs.Tests.Documents;

namespace AITrader.Docs.Tests;

/// <summary>Links from file to file, and to their headings.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Every_link_leads_somewhere() => Assert.Empty(Document.All.SelectMany(Links.BrokenIn));
}
