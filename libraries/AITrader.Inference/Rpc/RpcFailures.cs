using AITrader.Inference.Failures;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AITrader.Inference.Rpc;

/// <summary>Answers refusals with the status codes of gRPC.</summary>
internal static class RpcFailures
{
    /// <summary>The trailer that holds the reason, one word, as metrics have it.</summary>
    public const string ReasonTrailer = "inference-reason";

    /// <exception cref="RpcException">The call was refused, failed, or was called off.</exception>
    public static async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> handle)
    {
        try
        {
            return await handle();
        }
        catch (InferenceException refusal)
        {
            throw new RpcException(
                new Status(CodeOf(refusal), refusal.Message, refusal),
                new Metadata { { ReasonTrailer, refusal.Reason } }
            );
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // Nobody reads it: the caller has left, or its deadline has passed.
            throw new RpcException(new Status(StatusCode.Cancelled, "the call was cancelled"));
        }
    }

    // A full queue is Unavailable, not ResourceExhausted: it is the code that clients repeat a call on.
    private static StatusCode CodeOf(InferenceException refusal) =>
        refusal.Status switch
        {
            StatusCodes.Status400BadRequest => StatusCode.InvalidArgument,
            StatusCodes.Status404NotFound => StatusCode.NotFound,
            StatusCodes.Status501NotImplemented => StatusCode.Unimplemented,
            StatusCodes.Status503ServiceUnavailable => StatusCode.Unavailable,
            _ => StatusCode.Internal,
        };
}
