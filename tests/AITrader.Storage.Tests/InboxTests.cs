using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Tests;

public sealed class InboxTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Second_delivery_is_recognised()
    {
        Assert.True(await BeginAsync("m1", "strategy"));
        Assert.False(await BeginAsync("m1", "strategy"));
        Assert.True(await BeginAsync("m1", "execution"));
    }

    [Fact]
    public async Task Failed_effect_leaves_the_message_new()
    {
        await using var db = storage.NewContext();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() =>
            db.InTransactionAsync(
                async token =>
                {
                    Assert.True(await storage.Inbox.TryBeginAsync(db, "m2", "strategy", token));
                    throw new InvalidTimeZoneException("the effect failed");
                },
                Ct
            )
        );

        Assert.True(await BeginAsync("m2", "strategy"));
    }

    [Fact]
    public async Task Batch_gives_back_what_is_new()
    {
        await BeginAsync("b2", "batch");
        await using var db = storage.NewContext();

        var fresh = await db.InTransactionAsync(token => storage.Inbox.TryBeginAsync(db, ["b1", "b2", "b3", "b3"], "batch", token), Ct);

        Assert.Equal(["b1", "b3"], fresh.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Simultaneous_deliveries_have_one_effect()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => BeginAsync("race", "strategy"), Ct)));

        Assert.Single(results, static isNew => isNew);
    }

    [Fact]
    public async Task Refuses_to_work_outside_a_transaction()
    {
        await using var db = storage.NewContext();

        await Assert.ThrowsAsync<InvalidOperationException>(() => storage.Inbox.TryBeginAsync(db, "m3", "strategy", Ct));
    }

    private async Task<bool> BeginAsync(string message, string consumer)
    {
        await using var db = storage.NewContext();
        return await db.InTransactionAsync(token => storage.Inbox.TryBeginAsync(db, message, consumer, token), Ct);
    }
}
