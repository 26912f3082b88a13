using System.Net;
using System.Text.Json;
using AITrader.Inference.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace AITrader.Inference.Client;

/// <summary>Requests forecasts over HTTP. The hedging handler of the HTTP client races the runners; this class evaluates the
/// race.</summary>
internal sealed class HttpForecaster(
    HttpClient http,
    IOptions<ForecastClientOptions> options,
    RaceSampler sampler,
    RaceMetrics metrics,
    TimeProvider clock,
    ILogger<HttpForecaster> log
) : IForecaster
{
    private readonly ResiliencePipeline<Round> _retry = Retry(options.Value, clock, log);

    public async Task<ForecastOutcome> ForecastAsync(ForecastRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var outcome =
            request.Wait == ForecastWait.Deadline
                ? await BeforeDeadlineAsync(request, cancellationToken)
                : await UntilAnsweredAsync(request, cancellationToken);
        metrics.Record(request.Model, outcome);
        return outcome;
    }

    private async Task<ForecastOutcome> BeforeDeadlineAsync(ForecastRequest request, CancellationToken cancellationToken)
    {
        var deadline = options.Value.Deadline;
        var start = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var race = new Race(sampler.Next());
        try
        {
            return (await RunAsync(request, race, start, round: 1, either.Token)).Outcome;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ForecastOutcome.Late(deadline, race.Legs);
        }
    }

    private async Task<ForecastOutcome> UntilAnsweredAsync(ForecastRequest request, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var rounds = 0;
        var last = await _retry.ExecuteAsync(
            async token =>
            {
                rounds++;
                var (outcome, isFinal) = await RunAsync(request, new Race(sampler.Next()), start, rounds, token);
                return new Round(request.Model, rounds, outcome, isFinal);
            },
            cancellationToken
        );
        return last.Outcome;
    }

    private static ResiliencePipeline<Round> Retry(ForecastClientOptions options, TimeProvider clock, ILogger log) =>
        new ResiliencePipelineBuilder<Round> { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions<Round>
                {
                    ShouldHandle = static round => ValueTask.FromResult(round.Outcome.Result is { IsFinal: false }),
                    MaxRetryAttempts = int.MaxValue,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = options.FirstPause,
                    MaxDelay = options.MaxPause,
                    OnRetry = failed =>
                    {
                        // A runner that is down for a minute must not write a line for every try.
                        if (failed.AttemptNumber == 0 || failed.RetryDelay >= options.MaxPause)
                        {
                            var round = failed.Outcome.Result!;
                            log.RoundWithoutAnswer(round.Model, round.Number, ((ForecastOutcome.Failed)round.Outcome).Reason);
                        }

                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();

    // Final: an answer, or a refusal that a retry would not change.
    private async Task<(ForecastOutcome Outcome, bool IsFinal)> RunAsync(
        ForecastRequest request,
        Race race,
        long start,
        int round,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, ForecastWire.PathOf(request))
            {
                Content = ForecastWire.Write(request),
            };
            message.Options.Set(Race.Key, race);
            using var response = await http.SendAsync(message, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                return (
                    new ForecastOutcome.Failed(Describe(race.WinnerOf(response), response, body), race.Legs),
                    response.StatusCode == HttpStatusCode.BadRequest
                );
            }

            var provenance = Judge(race.AnswerOf(response), race, race.WinnerOf(response), start, round);
            return (new ForecastOutcome.Answered(provenance), true);
        }
        catch (Exception failure) when (IsRunnersFault(failure, cancellationToken))
        {
            return (new ForecastOutcome.Failed(failure.Message, race.Legs), false);
        }
    }

    private Forecast Judge(RunnerAnswer answer, Race race, RaceLeg won, long start, int round)
    {
        var legs = race.Legs;
        return new Forecast(
            answer.Values,
            new ForecastProvenance(
                answer.Model,
                answer.Version,
                answer.Provider,
                won,
                legs.FirstOrDefault(leg => !ReferenceEquals(leg, won)),
                clock.GetElapsedTime(start),
                round,
                answer.Queue,
                answer.Compute
            )
        );
    }

    private static string Describe(RaceLeg leg, HttpResponseMessage response, byte[] body) =>
        $"{leg.Runner} answered {(int)response.StatusCode}: {RunnerError.TextOf(body)}";

    private static bool IsRunnersFault(Exception failure, CancellationToken cancellationToken) =>
        failure switch
        {
            OperationCanceledException => !cancellationToken.IsCancellationRequested,
            HttpRequestException or IOException or JsonException => true,
            TimeoutRejectedException or BrokenCircuitException => true,
            _ => false,
        };

    /// <summary>One race of a forecast that waits for an answer.</summary>
    private sealed record Round(string Model, int Number, ForecastOutcome Outcome, bool IsFinal);
}
