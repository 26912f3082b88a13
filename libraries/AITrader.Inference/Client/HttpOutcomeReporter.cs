using System.Net;
using System.Text.Json;

namespace AITrader.Inference.Client;

/// <summary>Reports outcomes over HTTP, one runner at a time: no race, and no repeat within a call.</summary>
internal sealed class HttpOutcomeReporter(HttpClient http, Runners runners) : IOutcomeReporter
{
    public async Task<OutcomeReceipt> ReportAsync(
        string runner,
        string model,
        IReadOnlyList<RealisedForecast> outcomes,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentOutOfRangeException.ThrowIfZero(outcomes.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outcomes.Count, IOutcomeReporter.MaxOutcomes);
        if (runners.Find(runner) is not { } found)
        {
            return new OutcomeReceipt.Refused($"{ForecastClientOptions.Section} names no runner '{runner}'");
        }

        try
        {
            using var content = OutcomeWire.Write(outcomes);
            using var response = await http.PostAsync(OutcomeWire.AddressOf(found.Address, model), content, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? new OutcomeReceipt.Taken(OutcomeWire.Read(body, outcomes.Count))
                : Refusal(response.StatusCode, RunnerError.TextOf(body));
        }
        catch (JsonException malformed)
        {
            // It was taken in, whatever it was answered with: another attempt would only be refused.
            return new OutcomeReceipt.Refused(malformed.Message);
        }
        catch (Exception failure) when (IsRunnersFault(failure, cancellationToken))
        {
            return new OutcomeReceipt.Unreachable(failure.Message);
        }
    }

    // A report that is wrong, and a model that is gone, stay so. A token that is refused may be one of a key that is being changed.
    private static OutcomeReceipt Refusal(HttpStatusCode status, string why)
    {
        var reason = $"answered {(int)status}: {why}";
        return status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.RequestEntityTooLarge
            ? new OutcomeReceipt.Refused(reason)
            : new OutcomeReceipt.Unreachable(reason);
    }

    private static bool IsRunnersFault(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or IOException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
