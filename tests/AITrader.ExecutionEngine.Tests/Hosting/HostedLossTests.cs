using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Storage.Rows;
using AITrader.StrategyEngine.Orders;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.ExecutionEngine.Tests.Hosting;

/// <summary>What a bus loses of live strategies and people is sent again.</summary>
public sealed class HostedLossTests : HostedLive
{
    [Fact]
    public async Task A_cancel_that_the_bus_lost_is_sent_again_until_it_has_an_effect()
    {
        Compile(SampleStrategies.Resting);
        var engine = await StartAsync();
        await TickAsync(TimeSpan.Zero, 25);
        await Trade.UntilAsync(static db => db.Orders.AnyAsync(static row => row.Status == "ACCEPTED", Ct), "it rests");

        // As if it had been published, and lost with the bus.
        await using (var db = Trade.NewContext())
        {
            var order = await db.Orders.AsNoTracking().SingleAsync(Ct);
            var sent = await db.Outbox.AsNoTracking().SingleAsync(row => row.Id == order.Id, Ct);
            db.Outbox.Add(
                new OutboxRow
                {
                    Id = DeterministicId.Create("test", "cancel"),
                    Source = sent.Source,
                    Stream = sent.Stream,
                    Kind = "OrderCancel",
                    Payload = sent.Payload.Replace("\"NEW\"", "\"CANCEL\"", StringComparison.Ordinal),
                    CreatedAt = sent.CreatedAt,
                    SentAt = sent.SentAt,
                }
            );
            await db.SaveChangesAsync(Ct);
        }

        await Trade.UntilAsync(static db => db.Orders.AnyAsync(static row => row.Status == "CANCELLED", Ct), "the cancel again");
        await using var after = Trade.NewContext();
        Assert.Equal(
            1,
            await after.Outbox.Where(static row => row.Kind == "OrderCancel").Select(static row => row.Attempts).SingleAsync(Ct)
        );
        await Bench.UntilAsync(
            () => Task.FromResult(engine.Services.GetRequiredService<LostOrders>().MissingChanges.Count == 0),
            "nothing is missing any more"
        );
    }

    [Fact]
    public async Task An_order_of_the_gateway_that_the_bus_lost_goes_back_into_the_gateways_outbox()
    {
        Compile(SampleStrategies.Counting);
        await StartAsync();
        var lost = DeterministicId.Create("test", "by hand");
        await using (var db = Trade.NewContext())
        {
            db.Outbox.Add(
                new OutboxRow
                {
                    Id = lost,
                    Source = "gateway",
                    Stream = StreamNames.Orders,
                    Kind = nameof(OrderMessage),
                    Payload = "{}",
                    CreatedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(10),
                    SentAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(10),
                }
            );
            await db.SaveChangesAsync(Ct);
        }

        await Trade.UntilAsync(
            db => db.Outbox.AnyAsync(row => row.Id == lost && row.SentAt == null && row.Attempts == 1, Ct),
            "it is to be sent again, by the gateway"
        );
    }
}
