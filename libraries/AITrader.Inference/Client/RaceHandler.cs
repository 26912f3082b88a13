using System.Net;
using System.Text.Json;

namespace AITrader.Inference.Client;

/// <summary>Runs below the hedging handler and records how each attempt ended.</summary>
internal sealed class RaceHandler(Runners runners, RaceSampler sampler, HedgeDelay delay, TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Race.Key, out var race))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var name = runners.NameOf(request.RequestUri);
        var start = clock.GetTimestamp();
        try
        {
            var response = race.IsSampled
                ? await sampler.SendAsync(base.SendAsync, request, race, cancellationToken)
                : await base.SendAsync(request, cancellationToken);
            var answer = await ReadAsync(response, cancellationToken);
            race.Add(LegOf(name, response, answer, clock.GetElapsedTime(start)), response, answer);
            return response;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var latency = clock.GetElapsedTime(start);
            delay.Record(name, latency);
            race.Add(new RaceLeg(name, LegFate.Cancelled, latency));
            throw;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            race.Add(new RaceLeg(name, LegFate.Failed, clock.GetElapsedTime(start), failure.Message));
            throw;
        }
    }

    private RaceLeg LegOf(string name, HttpResponseMessage response, RunnerAnswer? answer, TimeSpan latency)
    {
        if (answer is null)
        {
            return new RaceLeg(name, LegFate.Failed, latency, Describe(response.StatusCode));
        }

        delay.Record(name, latency);
        return new RaceLeg(name, LegFate.Answered, latency);
    }

    // Within the leg: headers alone win no race, as the body may stall, nor does a body that holds no forecast.
    private static async Task<RunnerAnswer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response.IsSuccessStatusCode ? ForecastWire.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken)) : null;
        }
        catch (JsonException malformed)
        {
            response.Dispose();
            throw new HttpRequestException(malformed.Message, malformed);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static string Describe(HttpStatusCode status) => $"answered {(int)status} {status}";
}
