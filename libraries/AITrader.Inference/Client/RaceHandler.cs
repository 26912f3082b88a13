using System.Net;

namespace AITrader.Inference.Client;

/// <summary>Runs below the hedging handler and records how each attempt ended.</summary>
internal sealed class RaceHandler(Runners runners, RaceSampler sampler, TimeProvider clock) : DelegatingHandler
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
            race.Add(
                response.IsSuccessStatusCode
                    ? new RaceLeg(name, LegFate.Answered, clock.GetElapsedTime(start))
                    : new RaceLeg(name, LegFate.Failed, clock.GetElapsedTime(start), Describe(response.StatusCode)),
                response
            );
            return response;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            race.Add(new RaceLeg(name, LegFate.Cancelled, clock.GetElapsedTime(start)));
            throw;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            race.Add(new RaceLeg(name, LegFate.Failed, clock.GetElapsedTime(start), failure.Message));
            throw;
        }
    }

    private static string Describe(HttpStatusCode status) => $"answered {(int)status} {status}";
}
