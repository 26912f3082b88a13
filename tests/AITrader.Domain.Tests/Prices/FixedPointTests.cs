using System.Globalization;
using System.Numerics;
using System.Text;
using AITrader.Domain.Prices;
using AITrader.Domain.Time;

namespace AITrader.Domain.Tests.Prices;

public sealed class FixedPointTests
{
    [Theory]
    [InlineData("61800.30", "61800.3")]
    [InlineData("0.000000001", "0.000000001")]
    [InlineData("1.0000000000000", "1")]
    [InlineData("5.", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("1.23e-05", "0.0000123")]
    [InlineData("1500E-9", "0.0000015")]
    [InlineData("6.18e+4", "61800")]
    [InlineData("0e40", "0")]
    [InlineData("9223372036.854775807", "9223372036.854775807")]
    public void Parses_text_without_rounding(string text, string expected)
    {
        Assert.Equal(FixedPointProblem.None, Price.TryParse(Encoding.ASCII.GetBytes(text), out var price));
        Assert.Equal(expected, price.ToString());
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), price.ToDecimal());
    }

    [Theory]
    [InlineData("", FixedPointProblem.NotANumber)]
    [InlineData(".", FixedPointProblem.NotANumber)]
    [InlineData("1.2.3", FixedPointProblem.NotANumber)]
    [InlineData("-1", FixedPointProblem.NotANumber)]
    [InlineData("1e", FixedPointProblem.NotANumber)]
    [InlineData("e5", FixedPointProblem.NotANumber)]
    [InlineData("1e5.5", FixedPointProblem.NotANumber)]
    [InlineData("1e99", FixedPointProblem.NotANumber)]
    [InlineData("1.5e-9", FixedPointProblem.TooPrecise)]
    [InlineData("1e10", FixedPointProblem.OutOfRange)]
    [InlineData("NaN", FixedPointProblem.NotANumber)]
    [InlineData("1.0000000001", FixedPointProblem.TooPrecise)]
    [InlineData("9223372036.854775808", FixedPointProblem.OutOfRange)]
    [InlineData("99999999999999999999", FixedPointProblem.OutOfRange)]
    public void Names_what_is_wrong_with_a_text(string text, FixedPointProblem expected) =>
        Assert.Equal(expected, Price.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Gives_the_nearest_double_for_fifteen_significant_digits()
    {
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var decimals = random.Next(0, 10);
            var digits = random.NextInt64(1, (long)Math.Pow(10, random.Next(1, Math.Min(15, 10 + decimals))));
            var text = ((decimal)digits / (decimal)Math.Pow(10, decimals)).ToString(CultureInfo.InvariantCulture);
            Assert.Equal(FixedPointProblem.None, Price.TryParse(Encoding.ASCII.GetBytes(text), out var price));
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), price.ToDouble());
        }
    }

    [Fact]
    public void Goes_to_decimal_and_back()
    {
        var random = new Random(8);
        for (var i = 0; i < 10_000; i++)
        {
            var price = Price.FromNanos(random.NextInt64(long.MinValue, long.MaxValue));
            Assert.True(Price.TryCreate(price.ToDecimal(), out var back));
            Assert.Equal(price, back);
        }

        Assert.False(Price.TryCreate(0.0000000001m, out _));
        Assert.False(Quantity.TryCreate(92_233_720_369m, out _));
    }

    // By whole numbers of any length: a decimal of any scale, with zeros behind it or not, near the ends of 64 bits or not.
    [Fact]
    public void Scales_exactly_what_fits_and_nothing_else()
    {
        var random = new Random(9);
        Span<byte> bytes = stackalloc byte[12];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            bytes[random.Next(1, 12)..].Clear();
            var mantissa = new BigInteger(bytes, isUnsigned: true) * BigInteger.Pow(10, random.Next(0, 2) * random.Next(0, 12));
            var scale = random.Next(0, 22);
            if (mantissa.GetBitLength() > 96)
            {
                continue;
            }

            var value = new decimal(
                (int)(uint)(mantissa & uint.MaxValue),
                (int)(uint)((mantissa >> 32) & uint.MaxValue),
                (int)(uint)(mantissa >> 64),
                random.Next(2) == 0,
                (byte)scale
            );
            var whole = BigInteger.DivRem(mantissa * BigInteger.Pow(10, Price.Decimals), BigInteger.Pow(10, scale), out var rest);
            var fits = rest.IsZero && whole <= long.MaxValue;
            Assert.Equal(fits, Price.TryCreate(value, out var price));
            Assert.Equal(fits ? whole * Math.Sign(value) : 0, price.Nanos);
        }
    }

    [Fact]
    public void The_mid_of_two_prices_lies_half_way()
    {
        Assert.Equal("61800.25", Price.Mid(Of("61800.20"), Of("61800.30")).ToString());
        Assert.Equal("0.000000015", Price.Mid(Of("0.00000001"), Of("0.00000002")).ToString());

        static Price Of(string text)
        {
            Price.TryParse(Encoding.ASCII.GetBytes(text), out var price);
            return price;
        }
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T23:59:59.999999Z", 0)]
    [InlineData("2024-08-08T23:59:59.999999Z", 19943)]
    [InlineData("2024-08-09T00:00:00Z", 19944)]
    [InlineData("1969-12-31T23:59:59.999999Z", -1)]
    public void A_session_is_a_utc_day(string time, long expected) =>
        Assert.Equal(expected, EventTime.Session(EventTime.ToMicros(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture))));
}
