using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Tests;

public sealed class TransactionTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_is_repeated_from_the_beginning_after_a_lost_connection()
    {
        var attempts = 0;
        await using var db = storage.NewContext();

        await db.InTransactionAsync(
            async token =>
            {
                attempts++;
                db.Orders.Add(Samples.Order($"lost-{attempts}"));
                await db.SaveChangesAsync(token);
                if (attempts == 1)
                {
                    await db.Database.ExecuteSqlRawAsync("SELECT pg_terminate_backend(pg_backend_pid())", token);
                }
            },
            Ct
        );

        await using var check = storage.NewContext();
        Assert.Equal(2, attempts);
        Assert.False(await check.Orders.AnyAsync(static row => row.Id == Samples.Id("lost-1"), Ct));
        Assert.True(await check.Orders.AnyAsync(static row => row.Id == Samples.Id("lost-2"), Ct));
    }

    [Fact]
    public async Task Reads_of_one_snapshot_do_not_see_what_is_committed_between_them()
    {
        await using var db = storage.NewContext();
        await using var other = storage.NewContext();

        var (before, after) = await db.InSnapshotAsync(
            async token =>
            {
                var first = await db.Orders.CountAsync(token);
                other.Orders.Add(Samples.Order("meanwhile"));
                await other.SaveChangesAsync(token);
                return (first, await db.Orders.CountAsync(token));
            },
            Ct
        );

        Assert.Equal(before, after);
        Assert.True(await db.Orders.CountAsync(Ct) > before);
    }

    [Fact]
    public async Task Failure_of_the_work_takes_everything_back()
    {
        await using var db = storage.NewContext();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() =>
            db.InTransactionAsync(
                async token =>
                {
                    db.Orders.Add(Samples.Order("undone"));
                    await db.SaveChangesAsync(token);
                    throw new InvalidTimeZoneException("no");
                },
                Ct
            )
        );

        Assert.False(await db.Orders.AsNoTracking().AnyAsync(static row => row.Id == Samples.Id("undone"), Ct));
    }

    [Fact]
    public async Task Pending_changes_are_saved_with_the_commit()
    {
        await using var db = storage.NewContext();

        await db.InTransactionAsync(
            _ =>
            {
                db.Orders.Add(Samples.Order("saved"));
                return Task.CompletedTask;
            },
            Ct
        );

        Assert.True(await db.Orders.AsNoTracking().AnyAsync(static row => row.Id == Samples.Id("saved"), Ct));
    }
}
