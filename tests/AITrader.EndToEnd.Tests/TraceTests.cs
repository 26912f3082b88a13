using System.Net.Http.Json;
using System.Text.Json;
using AITrader.Contracts;
using AITrader.SystemSupport;
using AITrader.SystemSupport.Traces;
using AITrader.TestSupport;
using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

namespace AITrader.EndToEnd.Tests;

/// <summary>What a trader or an operator finds on a tracing dashboard after a replay: the traces that led to something, whole, and nothing
/// else.</summary>
public sealed class TraceTests
{
    private static readonly string[] NotNeeded = ["frontend", "frontend-packages", "backend-alt"];
    private static readonly string[] Probes = ["/health", "/ready", "/alive", "/metrics"];
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(6);

    private readonly CancellationToken _test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_trace_goes_from_a_tick_through_all_services_to_its_fill_and_loops_leave_none()
    {
        await using var collector = await TraceCollector.StartAsync(_test);
        await using var system = await TradingSystem.StartAsync("demo", "max", NotNeeded, collector.Collect, _test);
        var run = await system.WaitForReplayAsync(MaxWait, _test);
        using var client = await system.SignInAsync(_test);
        await client.GetFromJsonAsync<JsonElement>("/api/status", _test);
        var (tickId, pattern, order, ticks, executions) = await FilledAsync(system, run);
        var traceId = TickTrace.Effect(tickId).Split('-')[1];
        await Eventually.TrueAsync(
            () =>
                // What a failed attempt left counts for nothing: the next one is still to come.
                collector.Spans.Count(span => span.TraceId == traceId && span is { Name: "fill", IsError: false }) >= executions
                && collector.Spans.Count(static span => span.Name == "tick") == ticks
                && collector.Spans.Any(span => span.Service == "backend" && Concerns(span, traceId)),
            "every service has exported"
        );

        Assert.Contains(traceId, await TraceOfTickAsync(system, tickId), StringComparison.Ordinal);
        CheckChain([.. collector.Spans.Where(span => span.TraceId == traceId)], pattern, executions);
        Assert.Contains(collector.Logs, log =>
            log.Service == "execution-engine" && log.TraceId == traceId && log.Text.Contains(order.ToString(), StringComparison.Ordinal)
        );
        CheckQuiet(collector.Spans, ticks);
    }

    private static void CheckChain(List<CollectedSpan> trace, string pattern, int executions)
    {
        var tick = Assert.Single(trace, static span => span.ParentId.Length == 0);
        Assert.Equal(("pattern-engine", "tick"), (tick.Service, tick.Name));
        // Downwards, each step once. An attempt that did not succeed says so; what came of the next one stands beside it.
        var signal = Step(trace, $"signal {pattern}", tick);
        var decision = Step(trace, "decision", signal);
        var order = Step(trace, "order", decision);

        // An engine that began anew in between knows the tick that led to the order, not the order's own span; and where a first attempt
        // to store the order failed, its fill may hang under that one.
        var parents = trace
            .Where(span => span.Name == "order" && span.ParentId == decision.SpanId)
            .Append(tick)
            .Select(static span => span.SpanId)
            .ToHashSet();
        var fills = trace.Where(span => span is { Name: "fill", IsError: false } && parents.Contains(span.ParentId)).ToList();
        Assert.Equal(executions, fills.Count);
        Assert.Equal(
            ["pattern-engine", "strategy-engine", "execution-engine", "execution-engine"],
            [signal.Service, decision.Service, order.Service, fills[0].Service]
        );
        var byId = trace.ToDictionary(static span => span.SpanId);

        // The race of the runners, the store and the database belong to the decision.
        Assert.Contains(trace, span =>
            span is { Kind: SpanKind.Server, Service: "onnx-runner" or "tensorrt-runner" } && IsWithin(span, decision, byId)
        );
        Assert.Contains(trace, span => span is { Kind: SpanKind.Client, Service: "strategy-engine" } && span.ParentId == decision.SpanId);
        Assert.All(trace, span =>
            Assert.True(span.ParentId.Length == 0 || byId.ContainsKey(span.ParentId), $"{span.Name} of {span.Service} hangs in the air")
        );
    }

    private static CollectedSpan Step(List<CollectedSpan> trace, string name, CollectedSpan parent) =>
        Assert.Single(trace, span => span.Name == name && !span.IsError && span.ParentId == parent.SpanId);

    private static void CheckQuiet(IReadOnlyList<CollectedSpan> spans, int ticks)
    {
        Assert.DoesNotContain(spans, static span => Array.Exists(Probes, probe => span.Name.Contains(probe, StringComparison.Ordinal)));
        var roots = spans.Where(static span => span.ParentId.Length == 0).ToList();
        Assert.DoesNotContain(roots, static span => span.Kind == SpanKind.Client);
        Assert.Equal(ticks, roots.Count(static span => span.Name == "tick"));

        // The rest: what the test asked the gateway for, and batches of messages that belong to several traces.
        Assert.All(roots.Where(static span => span.Name != "tick"), static span =>
            Assert.True(
                span is { Kind: SpanKind.Server, Service: "backend" } || (span.Kind == SpanKind.Consumer && span.Links.Count > 1),
                $"{span.Kind} {span.Name} of {span.Service}"
            )
        );
    }

    private static bool Concerns(CollectedSpan span, string traceId) => span.TraceId == traceId || span.Links.Contains(traceId);

    private static bool IsWithin(CollectedSpan span, CollectedSpan outer, Dictionary<string, CollectedSpan> byId)
    {
        for (var at = span; at is not null; at = byId.GetValueOrDefault(at.ParentId))
        {
            if (at == outer)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<(string TickId, string Pattern, Guid Order, int Ticks, int Executions)> FilledAsync(TradingSystem system, string run)
    {
        await using var db = await system.OpenDatabaseAsync(_test);
        var filled = await (
            from execution in db.Executions
            join order in db.Orders on execution.OrderId equals order.Id
            join decision in db.Decisions on order.DecisionId equals decision.Id
            join signal in db.Signals on decision.SignalId equals signal.Id
            where signal.Run == run
            orderby execution.Seq
            select new
            {
                signal.TickId,
                signal.Pattern,
                order.Id,
            }
        ).FirstAsync(_test);
        var ticks = await db.Signals.Where(signal => signal.Run == run).Select(static signal => signal.TickId).Distinct().CountAsync(_test);
        var executions = await db.Executions.CountAsync(execution => execution.OrderId == filled.Id, _test);
        return (filled.TickId, filled.Pattern, filled.Id, ticks, executions);
    }

    // As market-data published it.
    private async Task<string> TraceOfTickAsync(TradingSystem system, string tickId)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(
            await system.App.GetConnectionStringAsync("redis", _test) ?? string.Empty
        );
        var seq = tickId[(tickId.LastIndexOf(':') + 1)..];
        var entries = await redis.GetDatabase().StreamRangeAsync(StreamNames.OfReplays(StreamNames.RawTicks));
        return Assert.Single(entries, entry => entry["seq"] == seq)["trace"].ToString();
    }
}
