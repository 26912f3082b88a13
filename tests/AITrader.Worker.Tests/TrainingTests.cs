using System.Text.Json;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.Registry.Shelves;
using AITrader.Storage.Registry;
using AITrader.Storage.Rows;
using AITrader.Storage.Ticks;
using AITrader.Worker.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Worker.Tests;

/// <summary>Models are trained on stored prices, once each, and are on record.</summary>
public sealed class TrainingTests : IAsyncLifetime
{
    private const string Symbol = "TRAIN";
    private static readonly DateTimeOffset Time = new(2024, 8, 8, 12, 0, 0, TimeSpan.Zero);

    private readonly WorkerFixture _fixture = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aitrader-training-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Repository => Path.Combine(_folder.FullName, "models");

    private ModelShelf Shelf => new(Repository);

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Repository);
        await _fixture.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_job_trains_on_stored_trades_once_and_the_tables_know_the_version()
    {
        await using var worker = await StartAsync();
        await SeedAsync(worker, 1500);
        var id = WorkerFixture.Id("train");
        var left = Path.Combine(
            Directory.CreateDirectory(Path.Combine(_folder.FullName, "checkpoints")).FullName,
            $"{Guid.CreateVersion7():N}.checkpoint"
        );
        await File.WriteAllTextAsync(left, "of a job that was cancelled", Ct);
        await worker.Queue.EnqueueAsync(id, TrainingRequest.JobType, Request().ToJson(), Ct);
        await _fixture.UntilStatusAsync(id, JobStatuses.Completed);

        using var result = JsonDocument.Parse((await _fixture.JobAsync(id)).Result!);
        Assert.Equal(
            ("mine", 1),
            (result.RootElement.GetProperty("model").GetString(), result.RootElement.GetProperty("version").GetInt32())
        );
        Assert.True(result.RootElement.GetProperty("goes_live").GetBoolean(), result.RootElement.GetProperty("reason").GetString());
        var card = Shelf.CardOf("mine", 1)!;
        Assert.Equal((id, 1500), (card.Job, Assert.Single(card.Data.Parts).Count));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.FullName, "checkpoints")));

        // The worker died after the model was there and before the job was done.
        var job = await _fixture.JobAsync(id);
        var again = await HandlerOf(worker, TrainingRequest.JobType).RunAsync(job, Ct);
        Assert.Equal(1, JsonDocument.Parse(again).RootElement.GetProperty("version").GetInt32());
        Assert.Equal([1], Shelf.VersionsOf("mine"));

        await using var db = _fixture.NewContext();
        var row = await db.ModelVersions.SingleAsync(Ct);
        Assert.Equal(
            (card.Sha256, ModelStates.Active, card.Data.Version, card.Code, (int?)null),
            (row.Sha256, row.State, row.DataVersion, row.Code, row.Previous)
        );
        Assert.Equal("forecast", (await db.Models.SingleAsync(Ct)).Task);
        Assert.Equal(1, await db.AuditEvents.CountAsync(static entry => entry.EventType == "model.answering_changed", Ct));
    }

    [Fact]
    public async Task A_job_trains_a_classifier_of_patterns_on_bars_of_stored_trades()
    {
        await using var worker = await StartAsync();
        await SeedAsync(worker, 1500);
        var id = WorkerFixture.Id("patterns");
        var request = Request() with { Task = "patterns", Recipe = Json("""{"bar_seconds":[1],"bars":16,"filters":4,"steps":100}""") };
        await worker.Queue.EnqueueAsync(id, TrainingRequest.JobType, request.ToJson(), Ct);
        await _fixture.UntilStatusAsync(id, JobStatuses.Completed);

        var card = Shelf.CardOf("mine", 1)!;
        Assert.Equal((id, "patterns"), (card.Job, card.Task));
        Assert.True(Assert.Single(card.Data.Parts).Count > 500);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.FullName, "checkpoints")));
        await using var db = _fixture.NewContext();
        Assert.Equal("patterns", (await db.Models.SingleAsync(Ct)).Task);
        await FailsAsync(worker, request with { Model = "other", Recipe = Json("""{"bars":17}""") }, "a multiple of 4");
    }

    [Fact]
    public async Task The_tables_follow_the_repository_and_forget_nothing()
    {
        await using var worker = WorkerHost.Compose(_fixture, new TestJob(), Settings());
        Put("own", 1);
        Put("own", 2);
        var registry = HandlerOf(worker, "model-registry");
        Assert.Equal("""{"models":1,"changed":2}""", await registry.RunAsync(Any(), Ct));
        Assert.Equal("""{"models":1,"changed":0}""", await registry.RunAsync(Any(), Ct));
        Shelf.Label("own", 1, "stable");
        Assert.Equal("""{"models":1,"changed":2}""", await registry.RunAsync(Any(), Ct));
        Directory.Delete(Path.Combine(Repository, "own", "2"), recursive: true);
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Repository, "bad", "1")).FullName, "model.onnx"), "x");
        File.WriteAllText(Path.Combine(Repository, "bad", "model.json"), "{ no");
        Assert.Equal("""{"models":1,"changed":1}""", await registry.RunAsync(Any(), Ct));
        await using var db = _fixture.NewContext();
        Assert.Equal(
            [(1, ModelStates.Active), (2, ModelStates.Retired)],
            (await db.ModelVersions.OrderBy(static row => row.Version).ToListAsync(Ct)).Select(static row => (row.Version, row.State))
        );
        Assert.Equal(2, await db.AuditEvents.CountAsync(static entry => entry.EventType == "model.answering_changed", Ct));
    }

    [Fact]
    public async Task A_promotion_moves_the_label_once_and_what_is_no_better_is_refused()
    {
        await using var worker = await StartAsync();
        Put("own", 1);
        Put("own", 2);
        Assert.Contains(
            "no card",
            await PromoteAsync(worker, new PromotionRequest("own", 1), JobStatuses.Failed),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no version 3",
            await PromoteAsync(worker, new("own", 3, Anyway: true), JobStatuses.Failed),
            StringComparison.Ordinal
        );
        Assert.Empty(Shelf.LabelsOf("own"));

        var result = await PromoteAsync(worker, new PromotionRequest("own", 1, Anyway: true), JobStatuses.Completed);
        Assert.Equal("""{"model": "own", "before": null, "version": 1}""", result);
        Assert.Equal(1, Shelf.LabelsOf("own")["stable"]);
        await using var db = _fixture.NewContext();
        Assert.Equal(1, (await db.ModelVersions.SingleAsync(static row => row.State == ModelStates.Active, Ct)).Version);

        // Once more after a crash: the same.
        var changes = await db.AuditEvents.CountAsync(static entry => entry.EventType == "model.answering_changed", Ct);
        await PromoteAsync(worker, new PromotionRequest("own", 1, Anyway: true), JobStatuses.Completed);
        Assert.Equal(changes, await db.AuditEvents.CountAsync(static entry => entry.EventType == "model.answering_changed", Ct));
    }

    [Fact]
    public async Task What_cannot_be_trained_fails_with_the_reason()
    {
        await using var worker = await StartAsync();
        await SeedAsync(worker, 40);
        await FailsAsync(worker, Request() with { Symbols = ["NONE"] }, "No trade of NONE is stored");
        await FailsAsync(worker, Request(), "before the validation begins");
        await FailsAsync(worker, Request() with { Recipe = Json("""{"window":3}""") }, "window is 8 to 4096");
        await FailsAsync(worker, Request() with { Recipe = Json("""{"windows":16}""") }, "windows");
        Assert.Empty(Shelf.Models);
    }

    private async Task FailsAsync(WorkerHost worker, TrainingRequest request, string reason)
    {
        var id = Guid.CreateVersion7();
        await worker.Queue.EnqueueAsync(id, TrainingRequest.JobType, request.ToJson(), Ct);
        await _fixture.UntilStatusAsync(id, JobStatuses.Failed);
        Assert.Contains(reason, (await _fixture.JobAsync(id)).Error, StringComparison.Ordinal);
    }

    private async Task<string> PromoteAsync(WorkerHost worker, PromotionRequest request, string expected)
    {
        var id = Guid.CreateVersion7();
        await worker.Queue.EnqueueAsync(id, PromotionRequest.JobType, request.ToJson(), Ct);
        await _fixture.UntilStatusAsync(id, expected);
        var job = await _fixture.JobAsync(id);
        return job.Error ?? job.Result!;
    }

    private static TrainingRequest Request() =>
        new(
            "mine",
            Json("""{"window":16,"horizon":4,"width":16,"steps":300,"rows":64,"rate":0.002,"embargo":16}"""),
            [Symbol],
            Time,
            Time.AddDays(1)
        );

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static JobRow Any() =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Type = "model-registry",
            CreatedAt = Time,
        };

    private static IJobHandler HandlerOf(WorkerHost worker, string type) =>
        worker.Services.GetServices<IJobHandler>().Single(handler => handler.Type == type);

    private void Put(string model, int version) =>
        File.WriteAllText(
            Path.Combine(Directory.CreateDirectory(Path.Combine(Repository, model, $"{version}")).FullName, "model.onnx"),
            "x"
        );

    private Task<WorkerHost> StartAsync() => WorkerHost.StartAsync(_fixture, new TestJob(), Settings());

    private (string, string)[] Settings() =>
        [
            ("Training:Repository", Repository),
            ("Training:Checkpoints", Path.Combine(_folder.FullName, "checkpoints")),
            ("Training:RegistryEvery", "1.00:00:00"),
        ];

    // A price that comes back to its level.
    private static async Task SeedAsync(WorkerHost worker, int count)
    {
        var random = new Random(3);
        var away = 0.0;
        var ticks = Enumerable
            .Range(0, count)
            .Select(i => new Tick
            {
                Symbol = Symbol,
                Kind = TickKind.Trade,
                Timestamp = Time.AddSeconds(i),
                Price = Price.Of((decimal)Math.Round(1000 * (1 + (away = (0.7 * away) + (0.001 * (random.NextDouble() - 0.5)))), 4)),
                Volume = Quantity.Of(1),
                Source = "test",
                Seq = i + 1,
            })
            .ToList();
        await worker.Services.GetRequiredService<ITickStore>().AppendAsync(ticks, "ticks", "1-0", Ct);
    }
}
