using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using AITrader.Inference.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.Inference.Protocol;

/// <summary>Maps the inference endpoints.</summary>
public static class InferenceProtocolExtensions
{
    /// <summary>
    /// Maps the Open Inference Protocol's REST calls below <c>/v2</c>, its gRPC form, and the simple call
    /// <c>POST /predict/{model}</c>.
    /// </summary>
    /// <returns>The mapped endpoints except the health endpoints, which require no token.</returns>
    public static IEndpointConventionBuilder MapInferenceProtocol(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var models = routes.ServiceProvider.GetRequiredService<ModelRepository>();
        var outcomes = routes.ServiceProvider.GetRequiredService<OutcomeBook>();
        routes.MapGet("/v2/health/live", Exchange.Guarded(ServerEndpoints.Live)).AllowAnonymous();
        routes.MapGet("/v2/health/ready", Exchange.Guarded(context => ServerEndpoints.Ready(context, models))).AllowAnonymous();

        var calls = routes.MapGroup(string.Empty);
        MapServer(calls, models, routes.ServiceProvider.GetRequiredService<ServerDescription>().AllowsControl);
        MapModel(calls, models, outcomes, "/v2/models/{model}");
        MapModel(calls, models, outcomes, "/v2/models/{model}/versions/{version}");
        calls.MapPost("/v2/models/{model}/outcomes", Exchange.Guarded(context => OutcomeEndpoints.ReportAsync(context, models, outcomes)));
        calls.MapPost("/predict/{model}", context => PredictEndpoints.PredictAsync(context, models));
        MapRefusals(calls);
        calls.MapGrpcService<GrpcInferenceService>();
        return calls;
    }

    private static void MapServer(RouteGroupBuilder calls, ModelRepository models, bool allowsControl)
    {
        calls.MapGet("/v2", Exchange.Guarded(ServerEndpoints.Metadata));
        calls.MapGet("/v2/models/stats", Exchange.Guarded(context => ModelEndpoints.Statistics(context, models)));
        calls.MapPost("/v2/repository/index", Exchange.Guarded(context => ServerEndpoints.IndexAsync(context, models)));
        calls.MapGet("/v2/repository/models/{model}/labels", Exchange.Guarded(context => LabelEndpoints.Get(context, models)));
        if (allowsControl)
        {
            var benchmark = ((IEndpointRouteBuilder)calls).ServiceProvider.GetRequiredService<ModelBenchmark>();
            calls.MapPost("/benchmark", Exchange.Guarded(context => BenchmarkEndpoints.RunAsync(context, benchmark)));
            calls.MapPost("/v2/repository/models/{model}/labels", Exchange.Guarded(context => LabelEndpoints.MoveAsync(context, models)));
            calls.MapPost("/v2/repository/models/{model}/load", Exchange.Guarded(context => ServerEndpoints.LoadAsync(context, models)));
            calls.MapPost(
                "/v2/repository/models/{model}/unload",
                Exchange.Guarded(context => ServerEndpoints.UnloadAsync(context, models))
            );
        }
    }

    private static void MapModel(RouteGroupBuilder calls, ModelRepository models, OutcomeBook outcomes, string model)
    {
        calls.MapGet(model, Exchange.Guarded(context => ModelEndpoints.Metadata(context, models)));
        calls.MapGet($"{model}/ready", Exchange.Guarded(context => ModelEndpoints.Ready(context, models)));
        calls.MapGet($"{model}/config", Exchange.Guarded(context => ModelEndpoints.Configuration(context, models)));
        calls.MapGet($"{model}/stats", Exchange.Guarded(context => ModelEndpoints.Statistics(context, models)));
        calls.MapPost(
            $"{model}/infer",
            Decompressed(calls, Exchange.Guarded(context => InferEndpoints.InferAsync(context, models, outcomes)))
        );
    }

    // Stock clients may compress what they send; the limit of a body is that of what it is decompressed.
    private static RequestDelegate Decompressed(IEndpointRouteBuilder routes, RequestDelegate handle)
    {
        var pipeline = routes.CreateApplicationBuilder().UseRequestDecompression();
        pipeline.Run(handle);
        return pipeline.Build();
    }

    // By the protocol, an extension that is not implemented is answered with 501; every other path below /v2 with 404, in its error format.
    private static void MapRefusals(RouteGroupBuilder calls)
    {
        string[] unsupported =
        [
            "/v2/systemsharedmemory/{**rest}",
            "/v2/cudasharedmemory/{**rest}",
            "/v2/trace/{**rest}",
            "/v2/logging",
            "/v2/models/{model}/trace/{**rest}",
            "/v2/models/{model}/generate",
            "/v2/models/{model}/generate_stream",
            "/v2/repository/models/{model}/{action}",
        ];
        foreach (var pattern in unsupported)
        {
            calls.Map(
                pattern,
                Exchange.Guarded(static context => throw InferenceException.Unsupported($"{context.Request.Path} is not supported"))
            );
        }

        calls.Map(
            "/v2/{**rest}",
            Exchange.Guarded(static context =>
                throw InferenceException.NotFound($"there is no call {context.Request.Method} {context.Request.Path}")
            )
        );
    }
}
