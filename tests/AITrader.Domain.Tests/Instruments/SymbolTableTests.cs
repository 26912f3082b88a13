using AITrader.Domain.Instruments;

namespace AITrader.Domain.Tests.Instruments;

public sealed class SymbolTableTests
{
    [Fact]
    public void Gives_a_symbol_the_same_index_each_time()
    {
        var table = new SymbolTable();
        Assert.True(table.TryIntern("NSE:M&M"u8, out var first));
        Assert.Equal(1, table.Intern("NSE:NIFTY 50"));
        Assert.Equal(first, table.Intern("NSE:M&M"));
        Assert.Equal(["NSE:M&M", "NSE:NIFTY 50"], table.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A\nB")]
    [InlineData("A{B}")]
    [InlineData("ÄTC")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Refuses_what_keys_cannot_carry(string symbol) =>
        Assert.False(new SymbolTable().TryIntern(System.Text.Encoding.UTF8.GetBytes(symbol), out _));

    [Theory]
    [InlineData("BTCUSDT-SPOT", true)]
    [InlineData("NSE:M&M", true)]
    [InlineData("", false)]
    [InlineData("测试USDT", false)]
    [InlineData("BTC\u00a0USDT", false)]
    [InlineData("ETH?", false)]
    public void Tells_what_is_a_symbol(string text, bool expected) => Assert.Equal(expected, SymbolTable.IsSymbol(text));

    [Fact]
    public void A_symbol_may_be_64_letters_long() =>
        Assert.Equal((true, false), (SymbolTable.IsSymbol(new string('A', 64)), SymbolTable.IsSymbol(new string('A', 65))));
}
