using System.ClientModel;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AITrader.Advice.Advisers;

/// <summary>A call that gave no answer.</summary>
/// <param name="Reason">As a sentence, without what the endpoint wrote: that is text from outside too.</param>
/// <param name="IsTransient">Whether it may pass by itself.</param>
/// <param name="RetryAfter">How long the endpoint asks to wait.</param>
internal sealed record CallFailure(string Reason, bool IsTransient, TimeSpan? RetryAfter = null)
{
    /// <summary>What an exception of a client means; null where it is a bug.</summary>
    public static CallFailure? Of(Exception exception) =>
        exception switch
        {
            ClientResultException { Status: > 0 } answer => OfStatus(answer),
            ClientResultException or HttpRequestException { StatusCode: null } or IOException => new(
                "The endpoint cannot be reached.",
                true
            ),
            HttpRequestException { StatusCode: { } status } => new(Answered((int)status), IsPassing((int)status)),
            JsonException or FormatException => new("What the endpoint sent is not of the protocol.", false),
            _ => null,
        };

    private static CallFailure OfStatus(ClientResultException answer)
    {
        var after =
            answer.GetRawResponse() is { } response
            && response.Headers.TryGetValue("Retry-After", out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : (TimeSpan?)null;
        return answer.Status < (int)HttpStatusCode.BadRequest
            ? new("The endpoint broke its answer off.", true)
            : new(Answered(answer.Status), IsPassing(answer.Status), after);
    }

    private static string Answered(int status) =>
        string.Create(CultureInfo.InvariantCulture, $"The endpoint answered with status {status}.");

    private static bool IsPassing(int status) =>
        status is (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= (int)HttpStatusCode.InternalServerError;
}
