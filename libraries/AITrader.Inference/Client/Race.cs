using System.Collections.Concurrent;
using System.Net;

namespace AITrader.Inference.Client;

/// <summary>The record of one race. Legs write concurrently; read it after the hedging handler has returned.</summary>
internal sealed class Race
{
    public static readonly HttpRequestOptionsKey<Race> Key = new("AITrader.Inference.Race");

    private readonly ConcurrentQueue<RaceLeg> _legs = [];

    public IReadOnlyList<RaceLeg> Legs => [.. _legs];

    public void Add(RaceLeg leg) => _legs.Enqueue(leg);
}

/// <summary>Sits below the hedging handler and writes down how each attempt ended.</summary>
internal sealed class RaceHandler(Runners runners, TimeProvider clock) : DelegatingHandler
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
            var response = await base.SendAsync(request, cancellationToken);
            race.Add(response.IsSuccessStatusCode
                ? new RaceLeg(name, LegFate.Answered, clock.GetElapsedTime(start))
                : new RaceLeg(name, LegFate.Failed, clock.GetElapsedTime(start), Describe(response.StatusCode)));
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
