using System.Globalization;
using AITrader.Storage.Rows;

namespace AITrader.Storage.Tests;

public sealed class AccountNumbersTests
{
    [Theory]
    [InlineData("0.12345678", true)]
    [InlineData("0.123456780", true)]
    [InlineData("0.123456789", false)]
    [InlineData("9999999999.99999999", true)]
    [InlineData("-9999999999.99999999", true)]
    [InlineData("10000000000", false)]
    [InlineData("0.0000000000000000000000000001", false)]
    public void Fits_what_a_column_of_the_core_tables_stores_as_it_is(string text, bool fits) =>
        Assert.Equal(fits, AccountNumbers.Fits(decimal.Parse(text, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("1.123456789", "1.12345678")]
    [InlineData("0.000000009", "0")]
    [InlineData("99999999999", "9999999999.99999999")]
    public void Floor_never_makes_more_of_a_quantity(string text, string expected) =>
        Assert.Equal(
            decimal.Parse(expected, CultureInfo.InvariantCulture),
            AccountNumbers.Floor(decimal.Parse(text, CultureInfo.InvariantCulture))
        );
}
