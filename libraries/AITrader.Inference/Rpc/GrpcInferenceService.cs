using AITrader.Inference.Failures;
using AITrader.Inference.Repository;
using AITrader.Inference.Rpc.Messages;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;

namespace AITrader.Inference.Rpc;

/// <summary>The gRPC form of the protocol, over the same models as the REST form.</summary>
/// <remarks>A call that is cancelled, or whose deadline passes, leaves the queue or stops its run.</remarks>
internal sealed class GrpcInferenceService(ModelRepository models, OutcomeBook outcomes, ServerDescription server)
    : GRPCInferenceService.GRPCInferenceServiceBase
{
    [AllowAnonymous]
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = true });

    [AllowAnonymous]
    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = Readiness.Of(models).IsReady });

    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(
            new ServerMetadataResponse
            {
                Name = server.Name,
                Version = server.Version,
                Extensions = { server.Extensions },
            }
        );

    // A model that is there and not served is an answer; one that is not there is an error.
    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) =>
        RpcFailures.GuardAsync(context, () =>
        {
            try
            {
                models.Find(request.Name, Optional(request.Version));
                return Task.FromResult(new ModelReadyResponse { Ready = true });
            }
            catch (InferenceException refusal) when (refusal.IsTemporary)
            {
                return Task.FromResult(new ModelReadyResponse { Ready = false });
            }
        });

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context) =>
        RpcFailures.GuardAsync(context, () =>
        {
            var version = models.Find(request.Name, Optional(request.Version));
            return Task.FromResult(ModelMessages.Describe(models.FindEntry(request.Name), version.Signature));
        });

    public override Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context) =>
        RpcFailures.GuardAsync(context, async () =>
        {
            var terms = InferMessages.ReadTerms(request);
            var version = models.Hold(request.ModelName, Optional(request.ModelVersion), terms.Symbol);
            try
            {
                var done = await version.InferAsync(InferMessages.ReadInputs(request), terms, context.CancellationToken);
                outcomes.Remember(version, request.Id, done.Outputs);
                return InferMessages.Write(request, version, done);
            }
            finally
            {
                version.Release();
            }
        });

    public override Task<ModelStatisticsResponse> ModelStatistics(ModelStatisticsRequest request, ServerCallContext context) =>
        RpcFailures.GuardAsync(context, () =>
        {
            var versions = models.Select(Optional(request.Name), Optional(request.Version));
            return Task.FromResult(new ModelStatisticsResponse { ModelStats = { versions.Select(ModelMessages.Statistics) } });
        });

    public override Task<RepositoryIndexResponse> RepositoryIndex(RepositoryIndexRequest request, ServerCallContext context) =>
        RpcFailures.GuardAsync(context, () =>
        {
            RequireOnlyRepository(request.RepositoryName);
            return Task.FromResult(
                new RepositoryIndexResponse { Models = { ModelIndex.Of(models, request.Ready).Select(ModelMessages.Line) } }
            );
        });

    public override Task<RepositoryModelLoadResponse> RepositoryModelLoad(RepositoryModelLoadRequest request, ServerCallContext context) =>
        RpcFailures.GuardAsync(context, async () =>
        {
            RequireControl(context);
            RequireOnlyRepository(request.RepositoryName);
            if (request.Parameters.Count > 0)
            {
                throw InferenceException.Unsupported("a model is loaded as the repository has it: parameters are not supported");
            }

            await models.LoadAsync(request.ModelName, context.CancellationToken);
            return new RepositoryModelLoadResponse();
        });

    public override Task<RepositoryModelUnloadResponse> RepositoryModelUnload(
        RepositoryModelUnloadRequest request,
        ServerCallContext context
    ) => RpcFailures.GuardAsync(context, async () =>
        {
            RequireControl(context);
            RequireOnlyRepository(request.RepositoryName);
            await models.UnloadAsync(request.ModelName, context.CancellationToken);
            return new RepositoryModelUnloadResponse();
        });

    private void RequireControl(ServerCallContext context)
    {
        if (!server.AllowsControl)
        {
            throw InferenceException.Unsupported($"{context.Method} is not supported: Inference:AllowControl is false");
        }
    }

    private static void RequireOnlyRepository(string name)
    {
        if (name.Length > 0)
        {
            throw InferenceException.Unsupported($"repository '{name}': one repository is served, which has no name");
        }
    }

    // Texts of the messages are never null; empty stands for what is not given.
    private static string? Optional(string text) => text.Length > 0 ? text : null;
}
