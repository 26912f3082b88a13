using System.Text.RegularExpressions;
using AITrader.SentimentEngine.Classifier;
using AITrader.ServiceDefaults.Problems;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AITrader.SentimentEngine.Readings;

internal static partial class ReadingEndpoints
{
    public static void MapReadings(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sentiment/{symbol}", Get).WithName("GetSentiment").RequireServiceToken();

    // 503: there can be no reading of anything. 404: there could be, but not of this symbol.
    private static ProblemHttpResult Get(string symbol, ClassifierState classifier)
    {
        if (!Symbol().IsMatch(symbol))
        {
            return ServiceProblem.Of(StatusCodes.Status400BadRequest, "symbol", "A symbol has 1 to 32 letters, digits or one of & . _ : -");
        }

        var status = classifier.Current;
        return status.CanClassify
            ? ServiceProblem.Of(StatusCodes.Status404NotFound, "no-reading", $"There is {MissingReading.Explain(status)}.")
            : ServiceProblem.Of(StatusCodes.Status503ServiceUnavailable, "no-model", $"There is {MissingReading.Explain(status)}.");
    }

    [GeneratedRegex("^[A-Za-z0-9&._:-]{1,32}$")]
    private static partial Regex Symbol();
}
