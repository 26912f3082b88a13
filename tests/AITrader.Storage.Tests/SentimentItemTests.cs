using AITrader.Contracts.Messages;
using AITrader.Storage.Model;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.Storage.Sentiment;
using AITrader.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.Storage.Tests;

public sealed class SentimentItemTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_item_is_stored_once_whatever_id_it_comes_under()
    {
        await using var host = await StartAsync();
        Assert.Equal(2, await host.Items.AddAsync([Row("NSE:INFY", "h", "1"), Row("NSE:TCS", "h", "1")], Ct));
        Assert.Equal(0, await host.Items.AddAsync([Row("NSE:INFY", "h", "2")], Ct));
        Assert.Equal(1, await host.Items.AddAsync([Row("NSE:INFY", "changed", "1"), Row("NSE:TCS", "h", "1")], Ct));
        Assert.Equal(3, (await host.Items.UnreadAsync(10, Ct)).Count);
        Assert.Equal(2, (await host.Items.UnreadAsync(2, Ct)).Count);
        Assert.Equal(Noon, await host.Items.LastReceivedAsync(Ct));
    }

    [Fact]
    public async Task What_was_read_and_its_reading_are_stored_together_and_a_reading_once()
    {
        await using var host = await StartAsync();
        var row = Row("NSE:INFY", "h", "1");
        var refused = Row("NSE:INFY", "i", "2");
        await host.Items.AddAsync([row, refused], Ct);
        var reading = new SentimentReading
        {
            Symbol = "NSE:INFY",
            Score = 0.5,
            Confidence = 0.5,
            Authenticity = 0.5,
            Sources = "news:mint",
            Window = TimeSpan.FromDays(1),
            Timestamp = Noon,
            Model = "m 1",
        };
        ItemReading[] read = [new(row.Id, 0.5, 0.9, 0.7, """[{"name":"late"}]""", "m 1"), new(refused.Id, 0, 0, 0, "[]", string.Empty)];
        await host.Items.WriteAsync(read, [reading], Ct);
        await host.Items.WriteAsync(read, [reading, reading], Ct);
        Assert.Empty(await host.Items.UnreadAsync(10, Ct));
        var stored = Assert.Single(await host.Items.ReadSinceAsync(Noon, Ct));
        Assert.Equal((0.5, 0.7, "m 1"), (stored.Score, stored.Authenticity, stored.Model));
        await using var db = await host.Contexts.CreateDbContextAsync(Ct);
        Assert.Equal(reading, OutboxMessages.Read(Assert.Single(await db.Outbox.ToListAsync(Ct))));
    }

    private static SentimentItemRow Row(string symbol, string hash, string id) =>
        new()
        {
            Id = SentimentItems.IdOf(symbol, "news:mint", hash),
            Symbol = symbol,
            Source = "news:mint",
            Text = "Infosys rises",
            Score = 0,
            Confidence = 0,
            Authenticity = 0,
            Timestamp = Noon,
            ExternalId = id,
            ContentHash = hash,
            ReceivedAt = Noon,
            Relevance = 0.6,
        };

    private async Task<Stage> StartAsync() => new(StorageFixture.HostFor(await postgres.NewDatabaseAsync(), new RecordingPublisher()));

    private sealed class Stage(IHost host) : IAsyncDisposable
    {
        public SentimentItems Items => host.Services.GetRequiredService<SentimentItems>();

        public IDbContextFactory<AITraderDbContext> Contexts => host.Services.GetRequiredService<IDbContextFactory<AITraderDbContext>>();

        public ValueTask DisposeAsync()
        {
            host.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
