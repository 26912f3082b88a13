using AITrader.Domain.Orders;
using AITrader.Trading.Ledger;

namespace AITrader.Trading.Tests.Ledger;

public sealed class RoundTripsTests
{
    private readonly RoundTrips _trips = new();

    [Fact]
    public void Goes_from_flat_to_flat_at_average_prices()
    {
        _trips.Book(Executions.Of(1m, 100m, 0.1m, at: 1));
        _trips.Book(Executions.Of(3m, 120m, 0.1m, at: 2));
        _trips.Book(Executions.Of(-2m, 130m, 0.1m, at: 3));
        Assert.Empty(_trips.Closed);
        Assert.Equal([Make.At(1)], _trips.OpenSince);
        _trips.Book(Executions.Of(-2m, 110m, 0.1m, at: 4));

        var trip = Assert.Single(_trips.Closed);
        Assert.Equal((4m, 115m, 120m, 20m, 0.4m), (trip.Quantity, trip.EntryPrice, trip.ExitPrice, trip.Profit, trip.Fees));
        Assert.Equal((Make.At(1), Make.At(4), Side.Buy), (trip.EntryTime, trip.ExitTime, trip.Side));
        Assert.Empty(_trips.OpenSince);
    }

    [Fact]
    public void A_flip_ends_one_and_begins_the_next()
    {
        _trips.Book(Executions.Of(2m, 100m));
        _trips.Book(Executions.Of(-5m, 110m, 0.5m, at: 5));
        _trips.Book(Executions.Of(3m, 100m, at: 6));
        Assert.Equal([(Side.Buy, 2m, 20m, 0.2m), (Side.Sell, 3m, 30m, 0.3m)], _trips.Closed.Select(Of).ToArray());
        Assert.Equal(Make.At(5), _trips.Closed[1].EntryTime);
    }

    [Fact]
    public void Excursions_are_of_the_whole_trip_what_it_has_realised_included()
    {
        _trips.Book(Executions.Of(2m, 100m));
        _trips.Mark(Make.Symbol, 95m); // -10
        _trips.Book(Executions.Of(-1m, 120m)); // 20 realised
        _trips.Mark(Make.Symbol, 130m); // 20 + 30
        _trips.Book(Executions.Of(-1m, 70m)); // 20 - 30
        Assert.Equal((-10m, 50m, -10m), (_trips.Closed[0].MaxAdverse, _trips.Closed[0].MaxFavourable, _trips.Closed[0].Profit));
    }

    [Fact]
    public void A_split_in_the_middle_makes_no_profit()
    {
        _trips.Book(Executions.Of(-3m, 100m));
        _trips.Split(new StockSplit(Make.Symbol, 2, 1, Make.Start));
        _trips.Mark(Make.Symbol, 50m);
        _trips.Book(Executions.Of(6m, 40m));
        var trip = Assert.Single(_trips.Closed);
        Assert.Equal((6m, 50m, 40m, 60m, 0m), (trip.Quantity, trip.EntryPrice, trip.ExitPrice, trip.Profit, trip.MaxAdverse));
    }

    [Fact]
    public void After_a_split_all_quantities_are_in_new_units()
    {
        _trips.Book(Executions.Of(4m, 100m));
        _trips.Book(Executions.Of(-2m, 110m));
        _trips.Split(new StockSplit(Make.Symbol, 2, 1, Make.Start));
        _trips.Book(Executions.Of(-4m, 60m));
        var trip = Assert.Single(_trips.Closed);
        Assert.Equal((8m, 50m, 57.5m, 60m), (trip.Quantity, trip.EntryPrice, trip.ExitPrice, trip.Profit));
    }

    private static (Side, decimal, decimal, decimal) Of(ClosedTrade trade) => (trade.Side, trade.Quantity, trade.Profit, trade.Fees);
}
