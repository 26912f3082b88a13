using System.Diagnostics;
using AITrader.Contracts;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Domain.Signals;
using AITrader.ExecutionEngine.Accounts;
using AITrader.ExecutionEngine.Tests.Support;
using AITrader.Messaging;
using AITrader.Storage.Outbox;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using AITrader.Trading.TestBench;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AITrader.ExecutionEngine.Tests;

/// <summary>An order and its fills are spans of the trace that the order comes in.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private const string TickId = "binance:7";

    private static readonly string TraceId = TickTrace.Effect(TickId).Split('-')[1];
    private static readonly string Decision = $"00-{TraceId}-00000000000000d1-01";
    private static readonly Guid OrderId = DeterministicId.Create("test", "traced order");

    private readonly SpanRecorder _recorder = new(static trace => trace == TraceId);
    private readonly LogRecorder _log = new();
    private Bench _bench = null!;
    private long _seq;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await Bench.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _recorder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task From_decision_to_order_to_fill_and_the_log_tells_the_trace()
    {
        await StartAsync();
        await OpenMarketAsync();
        await OrderAsync("SUBMITTED");
        await QuoteAsync(1);
        var fill = await FillAsync();

        var order = Assert.Single(_recorder.Spans, static span => span.OperationName == "order");
        Assert.Equal((Decision, "SUBMITTED"), (order.ParentId, order.GetTagItem("aitrader.status")));
        var filled = Assert.Single(_recorder.Spans, static span => span.OperationName == "fill");
        Assert.Equal((order.Id, fill.Trace, ActivityStatusCode.Unset), (filled.ParentId, filled.Id, filled.Status));
        Assert.Equal(fill.ExecId, filled.GetTagItem("aitrader.execution"));
        var events = (await _bench.ReadAllAsync<OrderMessage>()).ToDictionary(
            static message => message.Event,
            static message => message.Trace
        );
        Assert.Equal((order.Id, order.Id, filled.Id), (events["SUBMITTED"], events["ACCEPTED"], events["FILLED"]));

        foreach (var text in new[] { $"Order {OrderId} taken: Buy 1 BTCUSDT", $"Order {OrderId} executed: Buy 1 BTCUSDT at 60000.1" })
        {
            Assert.Equal(TraceId, Assert.Single(_log.Lines, line => line.Text.StartsWith(text, StringComparison.Ordinal)).TraceId);
        }
    }

    [Fact]
    public async Task An_order_that_outlives_its_engine_is_filled_in_the_same_trace()
    {
        await SeedCauseAsync();
        var engine = await StartAsync();
        await OpenMarketAsync();
        await OrderAsync("SUBMITTED");
        await _bench.StopAsync(engine);
        await StartAsync();
        await QuoteAsync(1);
        var fill = await FillAsync();

        var filled = Assert.Single(_recorder.Spans, static span => span.OperationName == "fill");
        Assert.Equal((TraceId, filled.Id), (filled.TraceId.ToHexString(), fill.Trace));
    }

    [Fact]
    public async Task What_is_stored_says_so_while_the_bus_is_away()
    {
        await SeedCauseAsync();
        FailingRelay? relay = null;
        await StartAsync(builder =>
        {
            var real = builder.Services.Last(static service => service.ServiceType == typeof(IOutboxRelay));
            builder.Services.Remove(real);
            builder.Services.AddSingleton<IOutboxRelay>(services =>
                relay = new FailingRelay((IOutboxRelay)real.ImplementationFactory!(services))
            );
        });
        await OpenMarketAsync();
        relay!.Fails = true;
        await OrderAsync("SUBMITTED");
        await UntilSpanAsync("order");
        relay.Fails = false;
        await _bench.UntilAsync(static db => db.Outbox.AllAsync(static row => row.SentAt != null, Ct), "the outbox is empty");
        relay.Fails = true;
        await QuoteAsync(1);
        await _bench.UntilAsync(static db => db.Executions.AnyAsync(Ct), "the execution");
        await UntilSpanAsync("fill");
        relay.Fails = false;

        Assert.All(_recorder.Spans, static span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
        Assert.Equal(["fill", "order"], _recorder.Spans.Select(static span => span.OperationName).Order(StringComparer.Ordinal));
        await Bench.UntilAsync(async () => (await _bench.ReadAllAsync<Fill>()).Count == 1, "the fill on the bus");
    }

    [Fact]
    public async Task What_nobody_records_is_handed_on_and_logged_all_the_same()
    {
        const string Foreign = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
        await StartAsync();
        await OpenMarketAsync();
        await OrderAsync("SUBMITTED", Foreign);
        await QuoteAsync(1);
        var fill = await FillAsync();

        Assert.Empty(_recorder.Spans);
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", fill.Trace, StringComparison.Ordinal);
        Assert.EndsWith("-00", fill.Trace, StringComparison.Ordinal);
        Assert.Equal(
            "0af7651916cd43dd8448eb211c80319c",
            Assert.Single(_log.Lines, static line => line.Text.StartsWith($"Order {OrderId} executed", StringComparison.Ordinal)).TraceId
        );
    }

    private Task UntilSpanAsync(string name) =>
        Bench.UntilAsync(() => Task.FromResult(_recorder.Spans.Any(span => span.OperationName == name)), $"the span {name}");

    private Task<IHost> StartAsync(Action<IHostApplicationBuilder>? compose = null) =>
        _bench.StartAsync(
            "execution-engine",
            builder =>
            {
                builder.AddExecution();
                compose?.Invoke(builder);
                builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(_log);
            },
            ("Logging:LogLevel:Default", "Information")
        );

    private async Task OpenMarketAsync()
    {
        await QuoteAsync(0);
        var state = _bench.Tools.Services.GetRequiredService<IStreamState>();
        await Bench.UntilAsync(async () => await state.GetAsync(MarketSnapshot.Key, Ct) is not null, "the first quote");
    }

    private Task<string> QuoteAsync(double at) => _bench.Bus.PublishAsync(Session.Quote("", ++_seq, at, 60_000m, 60_000.1m, 5m), Ct);

    private async Task OrderAsync(string status, string? trace = null)
    {
        var order = Session.New(OrderId, "", 1, 0, Side.Buy, 1m) with { Trace = trace ?? Decision };
        await _bench.Bus.PublishAsync(order, Ct);
        await _bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == OrderId && row.Status == status, Ct), $"the order {status}");
    }

    private async Task<Fill> FillAsync()
    {
        IReadOnlyList<Fill> fills = [];
        await Bench.UntilAsync(
            async () =>
                (fills = await _bench.ReadAllAsync<Fill>()).Count == 1
                && _log.Lines.Any(static line => line.Text.Contains("executed", StringComparison.Ordinal)),
            "the fill"
        );

        // Its span ends after it is published.
        await Bench.UntilAsync(
            () =>
                Task.FromResult(
                    fills[0].Trace.EndsWith("-00", StringComparison.Ordinal)
                        || _recorder.Spans.Any(static span => span.OperationName == "fill")
                ),
            "its span"
        );
        return fills[0];
    }

    // What the strategy engine stores of the signal and the decision that the order came of.
    private async Task SeedCauseAsync()
    {
        await using var db = _bench.NewContext();
        var signal = DeterministicId.Signal(TickId, "ema_cross");
        db.Signals.Add(
            new SignalRow
            {
                Id = signal,
                Symbol = Session.Symbol,
                Score = 0.5,
                Timestamp = Session.At(0),
                Pattern = "ema_cross",
                Direction = SignalDirection.Bullish,
                Price = 60_000m,
                TickId = TickId,
                Seq = 7,
                Run = "",
                Features = "{}",
            }
        );
        db.Decisions.Add(
            new DecisionRow
            {
                Id = DeterministicId.Create("test-decision", OrderId.ToString()),
                SignalId = signal,
                Symbol = Session.Symbol,
                Action = "BUY",
                Score = 0.5,
                Reason = "score",
                Factors = "[]",
                Provenance = "{}",
                OrderId = OrderId,
                Timestamp = Session.At(0),
                Seq = 7,
                Run = "",
                DecidedAt = Session.At(0),
            }
        );
        await db.SaveChangesAsync(Ct);
    }
}
