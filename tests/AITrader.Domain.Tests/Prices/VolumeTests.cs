using System.Text;
using AITrader.Domain.Prices;

namespace AITrader.Domain.Tests.Prices;

public sealed class VolumeTests
{
    [Theory]
    [InlineData("0", "0", 0.0)]
    [InlineData("14500000000000.5", "14500000000000.5", 14500000000000.5)]
    [InlineData("92233720368.54775807", "92233720368.54775807", 92233720368.547758)] // the most that a quantity holds
    [InlineData("92233720368.54775808", "92233720368.54775808", 92233720368.547758)]
    [InlineData("123456789012345678901234567890.12345678", "123456789012345678901234567890.12345678", 1.2345678901234568e29)]
    [InlineData("00001.50", "1.5", 1.5)]
    [InlineData("1.45e13", "14500000000000", 14500000000000)]
    public void Holds_what_a_quantity_cannot(string text, string expected, double nearest)
    {
        Assert.Equal(FixedPointProblem.None, Volume.TryParse(Encoding.ASCII.GetBytes(text), out var volume));
        Assert.Equal(expected, volume.ToString());
        Assert.Equal(nearest, volume.ToDouble());
    }

    [Theory]
    [InlineData("1.123456789", FixedPointProblem.TooPrecise)]
    [InlineData("123456789012345678901.123456789", FixedPointProblem.TooPrecise)]
    [InlineData("99999999999999999999999999999999999999999", FixedPointProblem.OutOfRange)]
    [InlineData("-1", FixedPointProblem.NotANumber)]
    [InlineData("1e", FixedPointProblem.NotANumber)]
    [InlineData("1e31", FixedPointProblem.OutOfRange)]
    [InlineData("1e-9", FixedPointProblem.TooPrecise)]
    [InlineData("99999999999999999999x", FixedPointProblem.NotANumber)]
    [InlineData("", FixedPointProblem.NotANumber)]
    public void Says_what_is_no_volume(string text, FixedPointProblem problem) =>
        Assert.Equal(problem, Volume.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Adds_without_loss()
    {
        var most = Quantity.FromRaw(long.MaxValue);
        var sum = most + (most + (Volume)Quantity.FromRaw(3));

        Assert.Equal("184467440737.09551617", sum.ToString());
        Assert.Equal(184467440737.09551617m, sum.ToDecimal());
        Assert.True(sum > most && most < sum && most >= (Volume)most);
        Assert.Throws<OverflowException>(() => Volume.FromRaw(Int128.MaxValue) + Volume.FromRaw(1));
    }

    [Fact]
    public void Doubles_are_the_nearest_and_allocate_nothing()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var volume = Volume.FromRaw(((Int128)random.NextInt64() << random.Next(60)) + random.NextInt64());
            Assert.Equal(double.Parse(volume.ToString(), System.Globalization.CultureInfo.InvariantCulture), volume.ToDouble());
        }

        var large = Volume.FromRaw(Int128.MaxValue / 3);
        Assert.Equal(0, AITrader.TestSupport.Allocations.Of(() => large.ToDouble()));
    }
}
