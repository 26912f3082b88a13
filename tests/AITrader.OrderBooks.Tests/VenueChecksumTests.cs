using System.Globalization;
using AITrader.TestSupport;

namespace AITrader.OrderBooks.Tests;

public sealed class VenueChecksumTests
{
    [Fact]
    public void Equals_the_sum_of_krakens_documentation()
    {
        var book = Book(
            "0.05000*0.000005 0.04995*0.000005 0.04990*0.000005 0.04980*0.000005 0.04975*0.000005 0.04970*0.000005 0.04965*0.000005 0.04960*0.000005 0.04955*0.000005 0.04950*0.000005 0.04*7",
            "0.05005*0.000005 0.05010*0.000005 0.05015*0.000005 0.05020*0.000005 0.05025*0.000005 0.05030*0.000005 0.05035*0.000005 0.05040*0.000005 0.05045*0.000005 0.05050*0.000005 0.06*7"
        );
        Assert.Equal(974947235u, VenueChecksum.Kraken(book, 5, 8));
        Assert.NotEqual(974947235u, VenueChecksum.Kraken(book, 6, 8));
        Assert.Throws<ArgumentException>(() => VenueChecksum.Kraken(book, 4, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => VenueChecksum.Kraken(book, 10, 8));
    }

    [Theory]
    [InlineData("3366.1*7 3366*6", "3366.8*9 3368*8", -1881014294)]
    [InlineData("3366.1*7", "3366.8*9 3368*8 3372*8", 831078360)]
    [InlineData("8476.98*415 8475.55*100", "8477*7 8477.34*85", -1269175945)]
    [InlineData("", "", 0)]
    public void Equals_the_sums_of_okxs_documentation(string bids, string asks, int expected) =>
        Assert.Equal(expected, VenueChecksum.Okx(Book(bids, asks)));

    [Fact]
    public void Counts_as_many_levels_as_the_venue_does_and_allocates_nothing()
    {
        var (book, deeper) = (Levels(25), Levels(26));
        Assert.Equal(VenueChecksum.Okx(book), VenueChecksum.Okx(deeper));
        Assert.NotEqual(VenueChecksum.Okx(book), VenueChecksum.Okx(Levels(24)));
        Assert.Equal(VenueChecksum.Kraken(book, 2, 2), VenueChecksum.Kraken(Levels(10), 2, 2));
        Assert.NotEqual(VenueChecksum.Kraken(book, 2, 2), VenueChecksum.Kraken(Levels(9), 2, 2));
        Assert.Equal(0, Allocations.Of(() => _ = VenueChecksum.Okx(book) + VenueChecksum.Kraken(book, 2, 2)));

        static LevelBook Levels(int count) =>
            Book(
                string.Join(
                    ' ',
                    Enumerable
                        .Range(0, count)
                        .Select(static i => string.Create(CultureInfo.InvariantCulture, $"{100 - (i * 0.25m)}*{i + 0.5m}"))
                ),
                string.Join(
                    ' ',
                    Enumerable
                        .Range(1, count)
                        .Select(static i => string.Create(CultureInfo.InvariantCulture, $"{100 + (i * 0.25m)}*{i + 1.25m}"))
                )
            );
    }

    private static LevelBook Book(string bids, string asks)
    {
        var book = new LevelBook();
        book.Load(Depth.Levels(bids), Depth.Levels(asks));
        return book;
    }
}
