using AITrader.Messaging;
using AITrader.ServiceDefaults;
using AITrader.Storage.Jobs;
using AITrader.Storage.Rows;
using AITrader.Worker.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AITrader.Worker.Tests;

/// <summary>One worker, composed as Program.cs does, with a job type of the tests beside its own.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WorkerHost(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public JobCreator Queue => Services.GetRequiredService<JobCreator>();

    public IStreamAdmin Streams => Services.GetRequiredService<IStreamAdmin>();

    public static async Task<WorkerHost> StartAsync(WorkerFixture fixture, TestJob job, params (string Name, string Value)[] settings)
    {
        var worker = Compose(fixture, job, settings);
        await worker._app.StartAsync(TestContext.Current.CancellationToken);
        return worker;
    }

    /// <summary>The same at rest: for tests that run a job by hand, which the schedule of a running worker might be faster to do.</summary>
    public static WorkerHost Compose(WorkerFixture fixture, TestJob job, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = "AITrader.Worker", EnvironmentName = "Production" }
        );
        builder.Configuration.AddInMemoryCollection(Settings(fixture, settings));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddWorker();
        builder.AddJob<TestJob>(TestJob.TypeName);
        builder.Services.AddSingleton<IJobHandler>(job);
        builder.Services.Remove(builder.Services.Single(static service => service.ImplementationType == typeof(TestJob)));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return new WorkerHost(app);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Dictionary<string, string?> Settings(WorkerFixture fixture, (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["ConnectionStrings:aitrader"] = fixture.Database.App,
            ["ConnectionStrings:redis"] = fixture.Redis,
            ["Jobs:SweepInterval"] = "00:00:00.100",
            ["Jobs:WakeAfter"] = "00:00:00.200",
            ["Jobs:Lease"] = "00:00:05",
            ["Trimming:Interval"] = "00:00:00.100",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return all;
    }
}

/// <summary>A job that does what a test says.</summary>
internal sealed class TestJob : IJobHandler
{
    public const string TypeName = "test";

    private int _runs;

    public Func<JobRow, CancellationToken, Task<string>> Work { get; set; } = static (_, _) => Task.FromResult("""{"answer":42}""");

    public int Runs => _runs;

    public string Type => TypeName;

    public TimeSpan? Every => null;

    public Task<string> RunAsync(JobRow job, CancellationToken ct)
    {
        Interlocked.Increment(ref _runs);
        return Work(job, ct);
    }
}
