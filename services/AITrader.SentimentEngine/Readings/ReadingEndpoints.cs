using System.Text.RegularExpressions;
using AITrader.SentimentEngine.Aggregation;
using AITrader.SentimentEngine.Classifier;
using AITrader.SentimentEngine.Polling;
using AITrader.ServiceDefaults.Problems;
using AITrader.ServiceDefaults.ServiceAuth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AITrader.SentimentEngine.Readings;

internal static partial class ReadingEndpoints
{
    public static void MapReadings(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sentiment/{symbol}", Get).WithName("GetSentiment").RequireServiceToken();

    // What was read counts for its time, also while no model is there. 503: there can be no reading of anything. 404: there could be, but
    // not of this symbol.
    private static Results<Ok<SentimentResponse>, ProblemHttpResult> Get(
        string symbol,
        MoodBoard board,
        ClassifierState classifier,
        SourceStates sources,
        IOptions<SentimentOptions> options
    )
    {
        if (!Symbol().IsMatch(symbol))
        {
            return ServiceProblem.Of(StatusCodes.Status400BadRequest, "symbol", "A symbol has 1 to 32 letters, digits or one of & . _ : -");
        }

        if (board.Read(symbol) is { } mood)
        {
            return TypedResults.Ok(SentimentResponse.Of(mood, options.Value.Window));
        }

        var status = classifier.Current;
        var reason = $"There is {MissingReading.Explain(status, sources.All)}.";
        return status.CanClassify
            ? ServiceProblem.Of(StatusCodes.Status404NotFound, "no-reading", reason)
            : ServiceProblem.Of(StatusCodes.Status503ServiceUnavailable, "no-model", reason);
    }

    [GeneratedRegex("^[A-Za-z0-9&._:-]{1,32}$")]
    private static partial Regex Symbol();
}
