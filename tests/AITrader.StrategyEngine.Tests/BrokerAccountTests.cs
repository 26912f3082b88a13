using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AITrader.Inference.Client;
using AITrader.Storage.Rows;
using AITrader.StrategyEngine.Broker;
using AITrader.StrategyEngine.Tests.Support;
using AITrader.TestSupport;
using AITrader.Trading.TestBench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AITrader.StrategyEngine.Tests;

/// <summary>The account at the broker, over MCP, against a process of mock-mcp.</summary>
public sealed class BrokerAccountTests : IAsyncLifetime
{
    private const string Symbol = "NSE:INFY";

    private readonly ScriptedForecaster _forecaster = new();
    private HealthCheckService _health = null!;
    private Bench _bench = null!;
    private ServiceProcess? _mock;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        if (_mock is not null)
        {
            await _mock.DisposeAsync();
        }
    }

    [Fact]
    public async Task Its_free_margin_bounds_live_orders_once_its_owner_has_signed_in()
    {
        _mock = await ServiceProcess.StartAsync("AITrader.MockMcp");
        var board = await StartAsync(_mock.Client.BaseAddress!);
        await SignInAsync(board);
        var account = board.Account!;
        Assert.NotNull(account.User);
        Assert.NotNull(account.Positions);
        Assert.NotNull(account.Holdings);

        var bounded = await LiveAsync(1);
        var broker = JsonDocument.Parse(bounded.Provenance).RootElement.GetProperty("broker");
        Assert.Equal(
            ("known", account.AvailableMargin),
            (broker.GetProperty("state").GetString(), broker.GetProperty("available_margin").GetDecimal())
        );
        var quantity = JsonDocument.Parse(bounded.Provenance).RootElement.GetProperty("order").GetProperty("qty").GetDecimal();
        Assert.Equal(decimal.Floor(account.AvailableMargin / 1_500m), quantity);
        Assert.Empty(StoredDecision.Recompute(bounded).Differences);

        // Neither a replay nor what is quoted in another currency is the account's business.
        var replayed = await _bench.DecideAsync(SampleSignals.At(10, 1) with { Symbol = Symbol, Price = 1_500m });
        Assert.False(JsonDocument.Parse(replayed.Provenance).RootElement.TryGetProperty("broker", out _));
        var other = await _bench.DecideAsync(SampleSignals.At(2, 0, run: "") with { Timestamp = TimeProvider.System.GetUtcNow() });
        Assert.False(JsonDocument.Parse(other.Provenance).RootElement.TryGetProperty("broker", out _));
    }

    [Fact]
    public async Task A_login_outlives_calls_that_fail_and_is_asked_for_again_when_the_session_at_the_broker_ends()
    {
        _mock = await ServiceProcess.StartAsync("AITrader.MockMcp");
        var board = await StartAsync(_mock.Client.BaseAddress!);
        await SignInAsync(board);

        await PostAsync("/admin/rest/refuse?status=503&count=2");
        await Bench.UntilAsync(() => Task.FromResult(board.Newest.IsFailure), "a failure");
        Assert.StartsWith("get_margins", board.Newest.Problem, StringComparison.Ordinal);
        Assert.True(board.IsKnown);
        await Bench.UntilAsync(() => Task.FromResult(board.Newest.Account is not null), "the account again, without a login");

        await PostAsync("/admin/sessions/end");
        await Bench.UntilAsync(() => Task.FromResult(board.Newest.LoginLink is not null), "the link");
        Assert.True(board.IsKnown);
        await SignInAsync(board);
    }

    [Fact]
    public async Task A_server_that_is_away_or_was_started_again_is_told_and_what_was_read_ages()
    {
        var port = FreePort.Find();
        _mock = await ServiceProcess.StartAsync("AITrader.MockMcp", ("urls", $"http://127.0.0.1:{port}"));
        var board = await StartAsync(_mock.Client.BaseAddress!, ("BrokerAccount:MaxAge", "00:00:02"));
        await SignInAsync(board);

        await _mock.DisposeAsync();
        await Bench.UntilAsync(() => Task.FromResult(board.Newest.IsFailure), "the outage");
        await Bench.UntilAsync(() => Task.FromResult(!board.IsKnown), "old age");
        var unknown = JsonDocument.Parse((await LiveAsync(1)).Provenance).RootElement;
        Assert.Equal("unknown", unknown.GetProperty("broker").GetProperty("state").GetString());
        Assert.NotEmpty(unknown.GetProperty("broker").GetProperty("reason").GetString()!);

        _mock = await ServiceProcess.StartAsync("AITrader.MockMcp", ("urls", $"http://127.0.0.1:{port}"));
        await SignInAsync(board);
    }

    [Fact]
    public async Task A_server_that_never_answers_holds_nothing_up_and_is_left_alone()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var board = await StartAsync(
            new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}"),
            ("BrokerAccount:Timeout", "00:00:00.2"),
            ("Circuits:BrokerFailures", "2")
        );
        await Bench.UntilAsync(() => Task.FromResult(board.Newest.Problem == "no answer within 0.2 s"), "the deadline");
        await Bench.UntilAsync(() => Task.FromResult(board.Newest.Problem == "fails, and is not called for a while"), "the breaker");
        Assert.Equal(
            "unknown",
            JsonDocument.Parse((await LiveAsync(1)).Provenance).RootElement.GetProperty("broker").GetProperty("state").GetString()
        );
    }

    private async Task SignInAsync(BrokerBoard board)
    {
        await Bench.UntilAsync(() => Task.FromResult(board.Newest.LoginLink is not null), "the link");
        var health = await _health.CheckHealthAsync(static check => check.Name == "broker", Ct);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("GET /broker has the link", health.Entries["broker"].Description, StringComparison.Ordinal);
        Assert.DoesNotContain("session_id", health.Entries["broker"].Description, StringComparison.Ordinal);
        using var page = await _mock!.Client.GetAsync(new Uri(board.Newest.LoginLink!), Ct);
        page.EnsureSuccessStatusCode();
        await Bench.UntilAsync(() => Task.FromResult(board.Newest.Account is not null && board.IsKnown), "the account");
    }

    private Task<DecisionRow> LiveAsync(long seq) =>
        _bench.DecideAsync(
            SampleSignals.At(seq, 0, run: "") with
            {
                Symbol = Symbol,
                Price = 1_500m,
                Timestamp = TimeProvider.System.GetUtcNow(),
            }
        );

    private async Task PostAsync(string path)
    {
        using var answer = await _mock!.Client.PostAsync(path, null, Ct);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<BrokerBoard> StartAsync(Uri server, params (string Key, string Value)[] settings)
    {
        var host = await _bench.StartAsync(
            "strategy-engine",
            builder =>
            {
                builder.AddStrategy();
                builder.Services.RemoveAll<IForecaster>();
                builder.Services.AddSingleton<IForecaster>(_forecaster);
            },
            [
                ("Strategy:SentimentEngine", "http://127.0.0.1:9"),
                ("Strategy:OrderNotional", 900_000_000.ToString(CultureInfo.InvariantCulture)),
                ("Strategy:MaxPositionNotional", 900_000_000.ToString(CultureInfo.InvariantCulture)),
                ("BrokerAccount:Enabled", "true"),
                ("BrokerAccount:Endpoint", new Uri(server, "mcp").ToString()),
                ("BrokerAccount:Every", "00:00:00.2"),
                .. settings,
            ]
        );
        _health = host.Services.GetRequiredService<HealthCheckService>();
        return host.Services.GetRequiredService<BrokerBoard>();
    }
}
