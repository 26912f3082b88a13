using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AITrader.ServiceDefaults.Problems;

internal static class ProblemExtensions
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(static problems =>
            problems.CustomizeProblemDetails = static context => ProblemWriter.Complete(context.HttpContext, context.ProblemDetails)
        );
        services.AddExceptionHandler<FailureHandler>();

        // Thrown in every environment, so that the answer can say which member of the body is wrong.
        services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
    }
}
