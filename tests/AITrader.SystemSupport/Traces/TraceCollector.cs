using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AITrader.SystemSupport.Traces;

/// <summary>A span as its service exported it. Ids in hex; the parent is empty where it is the first of its trace.</summary>
/// <param name="Service">Name of the resource.</param>
/// <param name="TraceId">Trace.</param>
/// <param name="SpanId">Span.</param>
/// <param name="ParentId">The span that it is part of.</param>
/// <param name="Name">What it is.</param>
/// <param name="Kind">What it is towards others.</param>
/// <param name="Links">Traces that led to it without being its own.</param>
/// <param name="IsError">Whether it says that it failed.</param>
public sealed record CollectedSpan(
    string Service,
    string TraceId,
    string SpanId,
    string ParentId,
    string Name,
    SpanKind Kind,
    IReadOnlyList<string> Links,
    bool IsError
);

/// <summary>Kinds by their numbers on the wire.</summary>
public enum SpanKind
{
    /// <summary>Not said.</summary>
    Unspecified,

    /// <summary>Within a service.</summary>
    Internal,

    /// <summary>Answers a request.</summary>
    Server,

    /// <summary>Makes one.</summary>
    Client,

    /// <summary>Sends a message.</summary>
    Producer,

    /// <summary>Handles one.</summary>
    Consumer,
}

/// <summary>A log record as its service exported it.</summary>
/// <param name="Service">Name of the resource.</param>
/// <param name="Text">What it says.</param>
/// <param name="TraceId">The trace that it belongs to; empty where to none.</param>
public sealed record CollectedLog(string Service, string Text, string TraceId);

/// <summary>An OTLP collector (HTTP, protobuf) that keeps spans and logs.</summary>
public sealed class TraceCollector : IAsyncDisposable
{
    private const string ServiceName = "service.name";
    private const int ErrorStatus = 2;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CollectedSpan> _spans = [];
    private readonly ConcurrentQueue<CollectedLog> _logs = [];

    private TraceCollector(WebApplication app)
    {
        _app = app;
        app.MapPost("/v1/traces", request => ReadAsync(request, TakeSpans));
        app.MapPost("/v1/logs", request => ReadAsync(request, TakeLogs));
        app.MapPost("/v1/metrics", static request => ReadAsync(request, static _ => { }));
    }

    /// <summary>What has come so far.</summary>
    public IReadOnlyList<CollectedSpan> Spans => [.. _spans];

    /// <summary>What has come so far.</summary>
    public IReadOnlyList<CollectedLog> Logs => [.. _logs];

    /// <summary>Starts one.</summary>
    public static async Task<TraceCollector> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new TraceCollector(builder.Build());
        await collector._app.StartAsync(ct);
        return collector;
    }

    /// <summary>Lets every service of a model export to this collector.</summary>
    public void Collect(IDistributedApplicationBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var project in model.Resources.OfType<ProjectResource>().ToList())
        {
            model
                .CreateResourceBuilder(project)
                .WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single())
                .WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task ReadAsync(HttpContext context, Action<ProtoMessage> take)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        take(ProtoMessage.Parse(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }

    // Field numbers: opentelemetry/proto/trace/v1/trace.proto, logs/v1/logs.proto, resource/v1/resource.proto, common/v1/common.proto.
    private void TakeSpans(ProtoMessage request)
    {
        foreach (var group in request.Messages(1))
        {
            var service = ServiceOf(group);
            foreach (var span in group.Messages(2).SelectMany(static scope => scope.Messages(2)))
            {
                _spans.Enqueue(
                    new CollectedSpan(
                        service,
                        span.Hex(1),
                        span.Hex(2),
                        span.Hex(4),
                        span.Text(5),
                        (SpanKind)span.Number(6),
                        [.. span.Messages(13).Select(static link => link.Hex(1))],
                        span.Messages(15).Any(static status => status.Number(3) == ErrorStatus)
                    )
                );
            }
        }
    }

    private void TakeLogs(ProtoMessage request)
    {
        foreach (var group in request.Messages(1))
        {
            var service = ServiceOf(group);
            foreach (var record in group.Messages(2).SelectMany(static scope => scope.Messages(2)))
            {
                _logs.Enqueue(
                    new CollectedLog(
                        service,
                        record.Messages(5).Select(static value => value.Text(1)).FirstOrDefault(string.Empty),
                        record.Hex(9)
                    )
                );
            }
        }
    }

    private static string ServiceOf(ProtoMessage group) =>
        group
            .Messages(1)
            .SelectMany(static resource => resource.Messages(1))
            .Where(static attribute => attribute.Text(1) == ServiceName)
            .SelectMany(static attribute => attribute.Messages(2))
            .Select(static value => value.Text(1))
            .FirstOrDefault(string.Empty);
}
