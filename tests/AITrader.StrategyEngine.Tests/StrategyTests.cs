using System.Diagnostics;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.Inference.Client;
using AITrader.Messaging;
using AITrader.Storage.Rows;
using AITrader.StrategyEngine.Tests.Support;
using AITrader.TestSupport;
using AITrader.Trading.Decisions;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AITrader.StrategyEngine.Tests;

public sealed class StrategyTests : IAsyncLifetime
{
    private readonly ScriptedForecaster _forecaster = new();
    private Bench _bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_signal_becomes_one_decision_and_one_order_with_derived_ids()
    {
        await StartAsync();
        var signal = SampleSignals.At(10, 1);
        await PublishAsync(signal, patternWatermark: 12, executionWatermark: 10);
        await UntilStrategyAsync(12);

        await using var db = _bench.NewContext();
        var decision = await db.Decisions.SingleAsync(Ct);
        Assert.Equal(
            (DeterministicId.Decision(signal.Id), "BUY", signal.Id, 10L, "run-a"),
            (decision.Id, decision.Action, decision.SignalId, decision.Seq, decision.Run)
        );

        // pattern .45 x .8, technicals .25 x .35, forecast .1 x 5 of 10 bps.
        Assert.Equal(0.4825, decision.Score, 9);
        Assert.Equal(signal.Id, (await db.Signals.SingleAsync(Ct)).Id);
        Assert.True(await db.Inbox.AnyAsync(row => row.MessageId == signal.Id.ToString(), Ct));
        Assert.True(await db.AuditEvents.AnyAsync(static row => row.EventType == "decision.made", Ct));
        var order = Assert.Single(await _bench.ReadAllAsync<OrderMessage>());
        Assert.Equal(DeterministicId.Order(decision.Id), order.Id);
        Assert.Equal(
            (order.Id, decision.Id, "NEW", "MARKET", "DAY", 0.166m, Side.Buy, "ema_cross", signal.Timestamp, 10L, "run-a"),
            (
                order.ClientOrderId,
                order.DecisionId,
                order.Event,
                order.Type,
                order.TimeInForce,
                order.Quantity,
                order.Side,
                order.Origin,
                order.Timestamp,
                order.Seq,
                order.Run
            )
        );
        Assert.Equal(decision.Id, Assert.Single(await _bench.ReadAllAsync<DecisionMessage>()).Id);
    }

    [Fact]
    public async Task Factors_add_up_and_the_absent_mood_is_recorded_with_its_reason()
    {
        await StartAsync();
        var signal = SampleSignals.At(10, 1);
        signal = signal with
        {
            Features = signal.Features with { Class = new PatternReading("cnn-pattern", "2", "momentum_up", 0.5, 0.4) },
        };
        await PublishAsync(signal, 10, 10);
        await UntilStrategyAsync(10);

        await using var db = _bench.NewContext();
        var decision = await db.Decisions.SingleAsync(Ct);
        var factors = JsonDocument.Parse(decision.Factors).RootElement.EnumerateArray().ToList();
        Assert.Equal(
            ["pattern", "technicals", "forecast", "pattern_class", "sentiment", "confluence", "regime", "advice"],
            factors.Select(static factor => factor.GetProperty("name").GetString())
        );
        Assert.Equal((decimal)decision.Score, factors.Sum(static factor => factor.GetProperty("contribution").GetDecimal()));
        Assert.Equal(
            (0.012m, "cnn-pattern version 2: momentum_up 0.5"),
            (factors[3].GetProperty("contribution").GetDecimal(), factors[3].GetProperty("note").GetString())
        );
        Assert.Equal("absent: sentiment-engine is not reachable", factors[4].GetProperty("note").GetString());

        var provenance = JsonDocument.Parse(decision.Provenance).RootElement;
        Assert.Equal("race", provenance.GetProperty("forecast").GetProperty("source").GetString());
        Assert.Equal("momentum_up", provenance.GetProperty("pattern_class").GetProperty("class").GetString());
        Assert.Equal("onnx-runner", provenance.GetProperty("race").GetProperty("winner").GetString());
        Assert.Equal(1.25, provenance.GetProperty("race").GetProperty("latency_ms").GetProperty("onnx-runner").GetDouble());
        Assert.Equal("run-a:10", provenance.GetProperty("data_watermark").GetProperty("tick_id").GetString());
        Assert.Equal(0.30m, provenance.GetProperty("threshold").GetDecimal());
        Assert.NotEmpty(provenance.GetProperty("flip").EnumerateArray());

        var again = DecisionBasis
            .Read(provenance.GetProperty("basis"))
            .Recompute(
                Enum.Parse<DecisionAction>(decision.Action, ignoreCase: true),
                decision.Score,
                decision.Reason,
                factors.ToDictionary(
                    static factor => factor.GetProperty("name").GetString()!,
                    static factor => factor.GetProperty("contribution").GetDecimal()
                )
            );
        Assert.Empty(again.Differences);
    }

    [Fact]
    public async Task A_decision_is_a_span_in_the_trace_of_its_signal_and_hands_it_on()
    {
        const string TraceId = "5742a3c1b6b84b1f9a4c0d3e2f1a0b9c";
        const string SignalSpan = $"00-{TraceId}-00000000000000a1-01";
        using var recorder = new SpanRecorder(static trace => trace == TraceId);
        string? forecasting = null;
        _forecaster.Answer = (request, _) =>
        {
            forecasting = Activity.Current?.Id;
            return Task.FromResult(ScriptedForecaster.Rising(request));
        };
        await StartAsync();
        await PublishAsync(SampleSignals.At(10, 1) with { Trace = SignalSpan }, 10, 10);
        await UntilStrategyAsync(10);

        var span = Assert.Single(recorder.Spans);
        Assert.Equal(("decision", SignalSpan, "BUY"), (span.OperationName, span.ParentId, span.GetTagItem("aitrader.action")));
        Assert.Equal(span.Id, forecasting);
        Assert.Equal(span.Id, Assert.Single(await _bench.ReadAllAsync<DecisionMessage>()).Trace);
        Assert.Equal(span.Id, Assert.Single(await _bench.ReadAllAsync<OrderMessage>()).Trace);
    }

    [Fact]
    public async Task Waits_until_the_books_have_seen_the_signals_tick()
    {
        await StartAsync();
        await PublishAsync(SampleSignals.At(10, 1), patternWatermark: 20, executionWatermark: 0);
        await UntilStrategyAsync(9);
        await _bench.Watermarks.AdvanceAsync("run-a", ReplayStages.Execution, 9, Ct);
        await using (var db = _bench.NewContext())
        {
            Assert.False(await db.Decisions.AnyAsync(Ct));
        }

        Assert.Equal(9, await _bench.Watermarks.GetAsync("run-a", ReplayStages.Strategy, Ct));
        await _bench.Watermarks.AdvanceAsync("run-a", ReplayStages.Execution, 10, Ct);
        await UntilStrategyAsync(20);
        await using var after = _bench.NewContext();
        Assert.Equal(1, await after.Decisions.CountAsync(Ct));
    }

    [Fact]
    public async Task Passes_what_has_no_signals_on()
    {
        await StartAsync();
        await _bench.Watermarks.AdvanceAsync("run-a", ReplayStages.Pattern, 500, Ct);
        await UntilStrategyAsync(500);
        await _bench.Watermarks.AdvanceAsync("run-a", ReplayStages.Pattern, 900, Ct);
        await UntilStrategyAsync(900);
    }

    [Fact]
    public async Task A_signal_that_comes_again_is_not_decided_again_but_an_order_that_was_lost_is_published_again()
    {
        await StartAsync();
        var signal = SampleSignals.At(10, 1);
        await PublishAsync(signal, 10, 10);
        await UntilStrategyAsync(10);
        await PublishAsync(signal, 11, 10);
        await UntilStrategyAsync(11);

        await using var db = _bench.NewContext();
        Assert.Equal(1, await db.Decisions.CountAsync(Ct));
        Assert.Equal(1, _forecaster.Calls);
        Assert.Equal(2, (await _bench.ReadAllAsync<OrderMessage>()).Count);
        Assert.Single((await _bench.ReadAllAsync<OrderMessage>()).Select(static order => order.Id).Distinct());

        // Once it has a row, it arrived.
        db.Orders.Add(RowOf((await _bench.ReadAllAsync<OrderMessage>())[0], "DENIED"));
        await db.SaveChangesAsync(Ct);
        await PublishAsync(signal, 12, 10);
        await UntilStrategyAsync(12);
        Assert.Equal(2, (await _bench.ReadAllAsync<OrderMessage>()).Count);
    }

    [Fact]
    public async Task An_order_that_the_bus_lost_is_sent_again_until_something_came_of_it()
    {
        await StartAsync();
        await PublishAsync(SampleSignals.At(10, 1), 10, 10);
        await UntilStrategyAsync(10);
        var order = Assert.Single(await _bench.ReadAllAsync<OrderMessage>());

        // Here and not taken is not lost.
        await using var engine = _bench
            .Tools.Services.GetRequiredService<IStreamReaders>()
            .Open<OrderMessage>(ConsumerGroups.Execution, "test", Lane.Replays.Of(StreamNames.Orders));
        Assert.Single(await engine.ReadAsync(10, TimeSpan.Zero, Ct));
        await Task.Delay(TimeSpan.FromSeconds(4), Ct);
        Assert.Single(await _bench.ReadAllAsync<OrderMessage>());

        // Gone, with the group that knew of it.
        await _bench.EmptyRedisAsync();
        await Bench.UntilAsync(async () => (await _bench.ReadAllAsync<OrderMessage>()).Count == 1, "the order again");
        Assert.Equal(order, Assert.Single(await _bench.ReadAllAsync<OrderMessage>()));

        // Taken in vain: acknowledged, and no row. Again, but not all the time.
        await AcknowledgeAsync(engine);
        await Bench.UntilAsync(async () => (await _bench.ReadAllAsync<OrderMessage>()).Count == 2, "the order once more");
        await using (var db = _bench.NewContext())
        {
            Assert.Equal(2, await db.Outbox.Where(row => row.Id == order.Id).Select(static row => row.Attempts).SingleAsync(Ct));
            db.Orders.Add(RowOf(order, "DENIED"));
            await db.SaveChangesAsync(Ct);
        }

        await AcknowledgeAsync(engine);
        await Task.Delay(TimeSpan.FromSeconds(5), Ct);
        Assert.Equal(2, (await _bench.ReadAllAsync<OrderMessage>()).Count);
    }

    [Fact]
    public async Task An_order_that_was_refused_without_a_row_is_not_sent_again_and_one_that_nothing_comes_of_is_told_on_ready()
    {
        var host = await StartAsync(("Strategy:CoolDown", "00:00:00"));
        await PublishAsync(SampleSignals.At(10, 1), 10, 10);
        await PublishAsync(SampleSignals.At(11, 2), 11, 11);
        await UntilStrategyAsync(11);
        var orders = await _bench.ReadAllAsync<OrderMessage>();
        Assert.Equal(2, orders.Count);
        await using var db = _bench.NewContext();
        db.AuditEvents.Add(
            new AuditEventRow
            {
                Id = AuditIds.Refused(orders[0].Id),
                EventType = "order.refused",
                EntityType = "order",
                EntityId = $"{orders[0].Id}",
                Timestamp = SampleSignals.Start,
            }
        );
        await db.SaveChangesAsync(Ct);
        await using var engine = _bench
            .Tools.Services.GetRequiredService<IStreamReaders>()
            .Open<OrderMessage>(ConsumerGroups.Execution, "test", Lane.Replays.Of(StreamNames.Orders));

        for (var round = 0; round < 3; round++)
        {
            await AcknowledgeAsync(engine);
            await Bench.UntilAsync(async () => (await _bench.ReadAllAsync<OrderMessage>()).Count == 3 + round, "the order again");
        }

        await AcknowledgeAsync(engine);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        await Bench.UntilAsync(
            async () =>
                (await health.CheckHealthAsync(static check => check.Name == "orders", Ct)).Entries["orders"]
                    is { Status: HealthStatus.Unhealthy } entry
                && entry.Description
                    == $"1 orders were sent, and the execution engine has no trace of them: {orders[1].Id:D} (sent 4 times); see dead:orders:gateway and its log",
            "the alarm"
        );
        Assert.Single(await _bench.ReadAllAsync<OrderMessage>(), order => order.Id == orders[0].Id);
    }

    [Fact]
    public async Task A_second_engine_waits_and_goes_on_where_the_first_one_ended()
    {
        var first = await StartAsync(("Lease:Life", "00:00:02"));
        await PublishAsync(SampleSignals.At(10, 1), 10, 10);
        await UntilStrategyAsync(10);
        await StartAsync(("Lease:Life", "00:00:02"));
        await PublishAsync(SampleSignals.At(11, 7), 11, 11);
        await UntilStrategyAsync(11);
        await _bench.StopAsync(first);
        await PublishAsync(SampleSignals.At(12, 14), 12, 12);
        await UntilStrategyAsync(12);

        await using var db = _bench.NewContext();
        Assert.Equal([10L, 11L, 12L], await db.Decisions.OrderBy(static row => row.Seq).Select(static row => row.Seq).ToListAsync(Ct));
        Assert.Equal(2, await db.Leases.Select(static row => row.Token).SingleAsync(Ct));
    }

    [Fact]
    public async Task Cool_down_and_position_come_from_the_database_so_a_restart_goes_on()
    {
        var host = await StartAsync();
        await PublishAsync(SampleSignals.At(10, 1), 10, 10);
        await UntilStrategyAsync(10);
        await _bench.StopAsync(host);

        await StartAsync();
        await PublishAsync(SampleSignals.At(11, 5.999999, pattern: "vwap_deviation"), 11, 11);
        await PublishAsync(SampleSignals.At(12, 6), 12, 12);
        await PublishAsync(SampleSignals.At(13, 6, pattern: "breakout"), 13, 13);
        await UntilStrategyAsync(13);

        await using var db = _bench.NewContext();
        Assert.Equal(
            ["BUY SCORE_REACHED", "HOLD COOL_DOWN", "BUY SCORE_REACHED", "HOLD COOL_DOWN"],
            (await db.Decisions.OrderBy(static row => row.Seq).ToListAsync(Ct)).Select(static row =>
                $"{row.Action} {row.Reason.Split(' ')[0]}"
            )
        );
    }

    [Fact]
    public async Task Exposure_is_the_position_with_what_is_working_and_what_the_same_tick_asked_for()
    {
        await StartAsync(("Strategy:CoolDown", "00:00:00"));
        await using (var db = _bench.NewContext())
        {
            var account = new AccountRow
            {
                Run = SampleSignals.At(1, 1).Run,
                Currency = "USDT",
                InitialCash = 1_000_000m,
                Cash = 1_000_000m,
                UpdatedAt = SampleSignals.Start,
            };
            db.Accounts.Add(account);
            await db.SaveChangesAsync(Ct);
            db.Positions.Add(
                new PositionRow
                {
                    AccountId = account.Id,
                    Symbol = SampleSignals.Symbol,
                    Quantity = 0.1m,
                    UpdatedAt = SampleSignals.Start,
                }
            );
            db.Orders.Add(RowOf(OrderOf(1, Side.Buy, 0.2m), "PARTIALLY_FILLED", filled: 0.1m));
            db.Orders.Add(RowOf(OrderOf(2, Side.Buy, 5m), "FILLED", filled: 5m));
            db.Orders.Add(RowOf(OrderOf(3, Side.Buy, 5m) with { Run = "another" }, "ACCEPTED"));
            await db.SaveChangesAsync(Ct);
        }

        // .2 held and working, .166 each: .366 and then .532, which is above 30 000 at 60 000.
        await _bench.Bus.PublishAsync<Signal>([SampleSignals.At(10, 1), SampleSignals.At(10, 1, pattern: "breakout")], Ct);
        await AdvanceAsync(10, 10);
        await UntilStrategyAsync(10);

        await using var after = _bench.NewContext();
        var reasons = await after.Decisions.OrderBy(static row => row.DecidedAt).Select(static row => row.Reason).ToListAsync(Ct);
        Assert.StartsWith("SCORE_REACHED", reasons[0], StringComparison.Ordinal);
        Assert.Equal("POSITION_LIMIT exposure=0.366 after=0.532 max_notional=30000", reasons[1]);
    }

    [Fact]
    public async Task A_replay_waits_for_its_forecast()
    {
        var released = new TaskCompletionSource();
        _forecaster.Answer = async (request, ct) =>
        {
            Assert.Equal(ForecastWait.UntilAnswered, request.Wait);
            await released.Task.WaitAsync(ct);
            return ScriptedForecaster.Rising(request);
        };
        await StartAsync();
        await PublishAsync(SampleSignals.At(10, 1), 10, 10);
        await Bench.UntilAsync(() => Task.FromResult(_forecaster.Calls == 1), "the question");
        Assert.Equal(9, await _bench.Watermarks.GetAsync("run-a", ReplayStages.Strategy, Ct));

        released.SetResult();
        await UntilStrategyAsync(10);
    }

    [Fact]
    public async Task Live_a_late_forecast_gives_way_to_the_last_good_one_and_then_to_technicals()
    {
        await StartAsync(("Strategy:CoolDown", "00:00:00"));
        var now = TimeProvider.System.GetUtcNow();
        await _bench.Bus.PublishAsync(SampleSignals.At(1, 0, run: "") with { Timestamp = now }, Ct);
        await UntilDecisionsAsync(1);

        _forecaster.Answer = static (_, _) => Task.FromResult(ScriptedForecaster.Late());
        await _bench.Bus.PublishAsync(SampleSignals.At(2, 0, run: "") with { Timestamp = now.AddSeconds(3) }, Ct);
        await UntilDecisionsAsync(2);
        await _bench.Bus.PublishAsync(SampleSignals.At(3, 0, run: "") with { Timestamp = now.AddSeconds(4), Symbol = "ETHUSD_PERP" }, Ct);
        await UntilDecisionsAsync(3);

        await using var db = _bench.NewContext();
        var forecasts = (await db.Decisions.OrderBy(static row => row.Seq).ToListAsync(Ct))
            .Select(static row => JsonDocument.Parse(row.Factors).RootElement[2])
            .Select(static factor => (factor.GetProperty("contribution").GetDecimal(), factor.GetProperty("note").GetString()!))
            .ToList();
        Assert.Equal(0.035m, forecasts[0].Item1);
        Assert.Equal((0.03465m, "cached age=3s because late after 60 ms"), forecasts[1]);
        Assert.Equal((0m, "absent: late after 60 ms"), forecasts[2]);
    }

    [Fact]
    public async Task Live_an_old_signal_leads_to_no_order()
    {
        await StartAsync();
        await _bench.Bus.PublishAsync(SampleSignals.At(1, 0, run: ""), Ct);
        await UntilDecisionsAsync(1);
        await using var db = _bench.NewContext();
        var decision = await db.Decisions.SingleAsync(Ct);
        Assert.Equal("HOLD", decision.Action);
        Assert.StartsWith("STALE_SIGNAL", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_that_cannot_be_decided_goes_to_the_dead_letters_and_the_rest_goes_on()
    {
        await StartAsync();
        _forecaster.Answer = static (request, _) =>
            request.Id == SampleSignals.At(10, 1).Id.ToString("D")
                ? throw new InvalidOperationException("poison")
                : Task.FromResult(ScriptedForecaster.Rising(request));
        await _bench.Bus.PublishAsync<Signal>([SampleSignals.At(10, 1), SampleSignals.At(11, 1)], Ct);
        await AdvanceAsync(11, 11);
        await UntilStrategyAsync(11);

        await using var db = _bench.NewContext();
        Assert.Equal(11, (await db.Decisions.SingleAsync(Ct)).Seq);
        var streams = await _bench.Tools.Services.GetRequiredService<IStreamAdmin>().DescribeAsync(Ct);
        Assert.Equal(1, streams.Single(static stream => stream.Name == StreamNames.Dead(Lane.Replays.Of(StreamNames.Signals))).Length);
    }

    private static async Task AcknowledgeAsync(IStreamReader<OrderMessage> engine)
    {
        engine.Rewind();
        while (await engine.ReadAsync(100, TimeSpan.FromSeconds(1), Ct) is { Count: > 0 } entries)
        {
            await engine.AcknowledgeAsync([.. entries.Select(static entry => entry.Id)], Ct);
        }
    }

    private Task<IHost> StartAsync(params (string Key, string Value)[] settings) =>
        _bench.StartAsync(
            "strategy-engine",
            builder =>
            {
                builder.AddStrategy();
                builder.Services.RemoveAll<IForecaster>();
                builder.Services.AddSingleton<IForecaster>(_forecaster);
            },
            [("Strategy:SentimentEngine", "http://127.0.0.1:9"), .. settings]
        );

    private async Task PublishAsync(Signal signal, long patternWatermark, long executionWatermark)
    {
        await _bench.Bus.PublishAsync(signal, Ct);
        await AdvanceAsync(patternWatermark, executionWatermark);
    }

    private async Task AdvanceAsync(long pattern, long execution)
    {
        await _bench.Watermarks.AdvanceAsync("run-a", ReplayStages.Execution, execution, Ct);
        await _bench.Watermarks.AdvanceAsync("run-a", ReplayStages.Pattern, pattern, Ct);
    }

    private async Task UntilStrategyAsync(long seq)
    {
        await _bench.Tools.Services.GetRequiredService<ICache>().SetAsync(CacheKeys.ActiveReplay, "run-a", TimeSpan.FromMinutes(1), Ct);
        await _bench.UntilAsync("run-a", ReplayStages.Strategy, seq);
    }

    private Task UntilDecisionsAsync(int count) =>
        _bench.UntilAsync(async db => await db.Decisions.CountAsync(Ct) == count, $"{count} decisions");

    private static OrderMessage OrderOf(int number, Side side, decimal quantity) =>
        new()
        {
            Id = DeterministicId.Create("test", $"{number}"),
            ClientOrderId = DeterministicId.Create("test", $"{number}"),
            Symbol = SampleSignals.Symbol,
            Side = side,
            Quantity = quantity,
            Type = "MARKET",
            TimeInForce = "DAY",
            Event = "NEW",
            Timestamp = SampleSignals.Start,
            Seq = 5,
            Run = "run-a",
        };

    private static OrderRow RowOf(OrderMessage order, string status, decimal filled = 0m) =>
        new()
        {
            Id = order.Id,
            ClientOrderId = order.ClientOrderId,
            Symbol = order.Symbol,
            Side = order.Side,
            Type = order.Type,
            TimeInForce = order.TimeInForce,
            Quantity = order.Quantity,
            FilledQuantity = filled,
            Status = status,
            Seq = order.Seq,
            Run = order.Run,
            EventTime = order.Timestamp,
            CreatedAt = order.Timestamp,
            UpdatedAt = order.Timestamp,
        };
}
