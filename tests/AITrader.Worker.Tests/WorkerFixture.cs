using AITrader.Domain.Ids;
using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Worker.Tests;

/// <summary>A migrated database and a Redis of one's own.</summary>
public sealed class WorkerFixture : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private RedisServer _redis = null!;

    public ServiceDatabase Database { get; private set; } = null!;

    public string Redis => _redis.ConnectionString;

    public static Guid Id(string name) => DeterministicId.Create("test", name);

    /// <summary>Waits until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Timeout, $"not so within {Timeout}: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public AITraderDbContext NewContext() => Database.NewContext();

    public async Task<JobRow> JobAsync(Guid id)
    {
        await using var db = NewContext();
        return await db.Jobs.AsNoTracking().SingleAsync(row => row.Id == id);
    }

    public Task UntilStatusAsync(Guid id, string status) => UntilAsync(async () => (await JobAsync(id)).Status == status, $"job {status}");

    public async Task AddJobAsync(JobRow job)
    {
        await using var db = NewContext();
        db.Jobs.Add(job);
        await db.SaveChangesAsync();
    }

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.SharedAsync();
        Database = await server.CreateServiceDatabaseAsync();
        _redis = await RedisServer.StartAsync();
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
