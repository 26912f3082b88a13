using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Status;

internal static class StatusEndpoints
{
    public static void AddStatus(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StatusOptions>().BindConfiguration(StatusOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StatusOptions>, StatusOptionsValidator>();
        builder.Services.AddSingleton<ServiceProbes>();
        builder.Services.AddSingleton<StatusReader>();

        // A probe is asked once: trying again would only hide that a service is slow.
#pragma warning disable EXTEXP0001 // Experimental in name; the only way to leave the default handlers out.
        builder.Services.AddHttpClient(ServiceProbes.ClientName).RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }

    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/status", GetAsync).WithName("GetStatus").WithTags("status").WithSummary("How the whole system is doing.");

    private static async Task<Ok<StatusResponse>> GetAsync(StatusReader status, CancellationToken ct) =>
        TypedResults.Ok(await status.GetAsync(ct));
}
