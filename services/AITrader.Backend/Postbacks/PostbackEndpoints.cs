using AITrader.Backend.Problems;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Postbacks;

/// <summary>Takes what a broker posts of orders, where the settings open the door.</summary>
internal static class PostbackEndpoints
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void AddPostbacks(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PostbackOptions>().BindConfiguration(PostbackOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<ExecutionEngineClient>();

        // Asked once: the broker's books are read all the same.
#pragma warning disable EXTEXP0001 // Experimental in name; the only way to leave the default handlers out.
        builder.Services.AddHttpClient(ExecutionEngineClient.ClientName).RemoveAllResilienceHandlers().AddServiceToken("execution-engine");
#pragma warning restore EXTEXP0001
    }

    /// <summary>Open to everybody, within the limits of callers without a token: who posts shows no token, but a checksum.</summary>
    public static void MapPostbacks(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<PostbackOptions>>().Value.Enabled)
        {
            return;
        }

        routes
            .MapPost("/broker/postback", TakeAsync)
            .WithName("TakePostback")
            .WithTags("broker")
            .WithSummary("The broker tells of an order: its books are read at once. Nothing of a postback is booked.")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .AllowAnonymous();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeAsync(
        HttpRequest request,
        ExecutionEngineClient engine,
        CancellationToken ct
    )
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        var reply = await engine.PostAsync(body.GetBuffer().AsMemory(0, (int)body.Length), ct);
        return reply.IsTaken ? TypedResults.NoContent()
            : reply.Problem is { } refusal ? TypedResults.Problem(refusal)
            : BackendProblems.ExecutionEngineAway();
    }
}
