using AITrader.Contracts.Messages;
using AITrader.Domain.Orders;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Storage.Tests;

public sealed class OutboxTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_of_a_transaction_that_fails_is_never_published()
    {
        var publisher = new RecordingPublisher();
        using var host = StorageFixture.HostFor(storage.ConnectionString, publisher, "rollback");
        await using var db = storage.NewContext();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() =>
            db.InTransactionAsync(
                async token =>
                {
                    host.Services.GetRequiredService<IOutbox>().Add(db, Samples.Fill(1));
                    await db.SaveChangesAsync(token);
                    throw new InvalidTimeZoneException("something went wrong");
                },
                Ct
            )
        );

        Assert.Equal(0, await host.Services.GetRequiredService<IOutboxRelay>().FlushAsync(Ct));
        Assert.Empty(publisher.Rows);
    }

    [Fact]
    public async Task Publishes_in_order_over_many_batches_and_only_once()
    {
        var publisher = new RecordingPublisher();
        using var host = StorageFixture.HostFor(storage.ConnectionString, publisher, "order", batchSize: 7);
        await AddAsync(host.Services, 1, 40);

        Assert.Equal(40, await FlushAsync(host.Services));
        Assert.Equal(0, await FlushAsync(host.Services));

        Assert.Equal(Enumerable.Range(1, 40).Select(static n => (decimal)n), Quantities(publisher));
    }

    [Fact]
    public async Task Message_comes_back_as_it_went_in()
    {
        var publisher = new RecordingPublisher();
        using var host = StorageFixture.HostFor(storage.ConnectionString, publisher, "round-trip");
        await AddAsync(host.Services, 1, 1);

        await FlushAsync(host.Services);

        var row = Assert.Single(publisher.Rows);
        Assert.Equal("fills:global", row.Stream);
        Assert.Equal(Samples.Fill(1), OutboxMessages.Read(row));
        Assert.Equal("order_id", OutboxMessages.Fields(row)[0].Key);
    }

    // Only what is of the first kind is looked for at the execution engine, and sent again where that has no trace of it.
    [Theory]
    [InlineData("NEW", nameof(OrderMessage))]
    [InlineData("CANCEL", "OrderCancel")]
    [InlineData("MODIFY", "OrderChange")]
    [InlineData("FILLED", "OrderReport")]
    [InlineData("DENIED", "OrderReport")]
    public void What_is_said_of_an_order_is_of_another_kind_than_what_is_asked(string kind, string expected)
    {
        var order = new OrderMessage
        {
            Id = Guid.CreateVersion7(),
            ClientOrderId = Guid.CreateVersion7(),
            Symbol = "S",
            Side = Side.Buy,
            Quantity = 1m,
            Type = "MARKET",
            TimeInForce = "DAY",
            Event = kind,
            Timestamp = DateTimeOffset.UnixEpoch,
        };
        var row = OutboxMessages.Write(order.Id, order, "test", DateTimeOffset.UnixEpoch);
        Assert.Equal(expected, row.Kind);
        Assert.Equal(order, OutboxMessages.Read(row));
    }

    [Fact]
    public async Task Crash_between_publishing_and_marking_publishes_the_same_again()
    {
        var publisher = new RecordingPublisher { FailAfterPublishing = new InvalidTimeZoneException("crash") };
        using var host = StorageFixture.HostFor(storage.ConnectionString, publisher, "crash");
        await AddAsync(host.Services, 1, 3);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => FlushAsync(host.Services));

        publisher.FailAfterPublishing = null;
        Assert.Equal(3, await FlushAsync(host.Services));

        Assert.Equal(6, publisher.Rows.Count);
        Assert.Equal(publisher.Rows.Take(3).Select(static row => row.Id), publisher.Rows.Skip(3).Select(static row => row.Id));
    }

    [Fact]
    public async Task Two_instances_take_turns_and_publish_each_row_once_in_order()
    {
        var publisher = new RecordingPublisher();
        using var one = StorageFixture.HostFor(storage.ConnectionString, publisher, "pair", batchSize: 3);
        using var two = StorageFixture.HostFor(storage.ConnectionString, publisher, "pair", batchSize: 3);
        await AddAsync(one.Services, 1, 60);

        var counts = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(n => Task.Run(() => FlushAsync(n % 2 == 0 ? one.Services : two.Services), Ct))
        );

        Assert.Equal(60, counts.Sum());
        Assert.Equal(Enumerable.Range(1, 60).Select(static n => (decimal)n), Quantities(publisher));
    }

    [Fact]
    public async Task Services_do_not_publish_for_each_other()
    {
        var publisher = new RecordingPublisher();
        using var one = StorageFixture.HostFor(storage.ConnectionString, publisher, "mine");
        using var other = StorageFixture.HostFor(storage.ConnectionString, publisher, "theirs");
        await AddAsync(one.Services, 1, 2);

        Assert.Equal(0, await FlushAsync(other.Services));
        Assert.Equal(2, await FlushAsync(one.Services));
    }

    [Fact]
    public async Task Same_identity_is_stored_once()
    {
        await using var db = storage.NewContext();
        storage.Outbox.Add(db, Samples.Id("message"), Samples.Fill(1));
        await db.SaveChangesAsync(Ct);
        db.ChangeTracker.Clear();

        storage.Outbox.Add(db, Samples.Id("message"), Samples.Fill(1));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Ct));
    }

    [Fact]
    public void Row_of_a_newer_version_is_named()
    {
        var row = new OutboxRow
        {
            Id = Samples.Id("new"),
            Source = "x",
            Stream = "x",
            Kind = "Telepathy",
            Payload = "{}",
            CreatedAt = Samples.Time,
        };

        Assert.Contains("Telepathy", Assert.Throws<InvalidOperationException>(() => OutboxMessages.Read(row)).Message);
    }

    private static IEnumerable<decimal> Quantities(RecordingPublisher publisher) =>
        publisher.Rows.Select(static row => ((Fill)OutboxMessages.Read(row)).Quantity);

    private static Task<int> FlushAsync(IServiceProvider services) => services.GetRequiredService<IOutboxRelay>().FlushAsync(Ct);

    private static async Task AddAsync(IServiceProvider services, int from, int count)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AITraderDbContext>>().CreateDbContextAsync(Ct);
        await db.InTransactionAsync(
            _ =>
            {
                foreach (var number in Enumerable.Range(from, count))
                {
                    services.GetRequiredService<IOutbox>().Add(db, Samples.Fill(number));
                }

                return Task.CompletedTask;
            },
            Ct
        );
    }
}
