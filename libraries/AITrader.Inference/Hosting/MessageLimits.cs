using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace AITrader.Inference.Hosting;

/// <summary>A gRPC message may be as large as a REST request; gRPC's own limit is another one, 4 MiB.</summary>
internal sealed class MessageLimits(IOptions<KestrelServerOptions> kestrel) : IConfigureOptions<GrpcServiceOptions>
{
    public void Configure(GrpcServiceOptions options)
    {
        var limit = kestrel.Value.Limits.MaxRequestBodySize;
        options.MaxReceiveMessageSize = limit is null ? null : (int)Math.Min(limit.Value, int.MaxValue);
    }
}
