using System.Runtime.CompilerServices;
using AITrader.Cli.Failures;
using AITrader.Cli.Hosting.Wire;
using AITrader.Cli.Network;
using AITrader.Cli.Timing;
using AITrader.Hosting.Home;
using Grpc.Core;
using Grpc.Net.Client;

namespace AITrader.Cli.Hosting;

/// <summary>Aspire's resource service: what runs, what it prints, and commands.</summary>
internal sealed class ResourceService : IDisposable
{
    private const string KeyHeader = "x-resource-service-api-key";

    private static readonly TimeSpan FirstWords = TimeSpan.FromSeconds(1);

    private readonly GrpcChannel _channel;
    private readonly DashboardService.DashboardServiceClient _client;
    private readonly Metadata _headers = [];

    public ResourceService(HostRecord record)
    {
        _channel = GrpcChannel.ForAddress(
            record.ResourceService,
            new GrpcChannelOptions
            {
                HttpClient = LoopbackHttp.CreateClient(),
                DisposeHttpClient = true,
                MaxReceiveMessageSize = null,
            }
        );
        _client = new DashboardService.DashboardServiceClient(_channel);
        if (record.ResourceServiceKey is { } key)
        {
            _headers.Add(KeyHeader, key);
        }
    }

    public void Dispose() => _channel.Dispose();

    /// <summary>Whether a host that has just started can be spoken to yet.</summary>
    public static async Task<bool> AnswersAsync(HostRecord record, CancellationToken cancellationToken)
    {
        using var service = new ResourceService(record);
        try
        {
            await service.ReadAsync(cancellationToken);
            return true;
        }
        catch (RpcException notYet) when (notYet.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }

    /// <summary>Everything as it is now, parameters and hidden resources included.</summary>
    /// <remarks>Asked for the first time, the host begins with nothing and tells of what there is in the next messages.</remarks>
    public async Task<IReadOnlyList<Resource>> ReadAsync(CancellationToken cancellationToken)
    {
        var known = new SortedDictionary<string, Resource>(StringComparer.Ordinal);
        using var call = _client.WatchResources(new WatchResourcesRequest(), _headers, cancellationToken: cancellationToken);
        if (await call.ResponseStream.MoveNext(cancellationToken))
        {
            Apply(known, call.ResponseStream.Current);
        }

        if (known.Count == 0)
        {
            await ReadFirstWordsAsync(call.ResponseStream, known, cancellationToken);
        }

        return [.. known.Values];
    }

    private static async Task ReadFirstWordsAsync(
        IAsyncStreamReader<WatchResourcesUpdate> updates,
        SortedDictionary<string, Resource> known,
        CancellationToken cancellationToken
    )
    {
        using var first = new Deadline(FirstWords, TimeProvider.System, cancellationToken);
        try
        {
            while (await updates.MoveNext(first.Token))
            {
                Apply(known, updates.Current);
            }
        }
        catch (RpcException over) when (over.StatusCode == StatusCode.Cancelled && !cancellationToken.IsCancellationRequested)
        {
            // What came within that time is what there is.
        }
    }

    /// <summary>Everything that is shown, each time that something changed.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ResourceView>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = new SortedDictionary<string, Resource>(StringComparer.Ordinal);
        using var call = _client.WatchResources(new WatchResourcesRequest(), _headers, cancellationToken: cancellationToken);
        await foreach (var update in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            Apply(known, update);
            yield return Shown(known.Values);
        }
    }

    /// <summary>What a user sees of the resources.</summary>
    public static IReadOnlyList<ResourceView> Shown(IEnumerable<Resource> resources) =>
        [.. resources.Where(ResourceView.IsShown).Select(ResourceView.From).OrderBy(static view => view.Name, StringComparer.Ordinal)];

    /// <summary>What one resource has printed, and where <paramref name="follow" /> what it goes on to print.</summary>
    public async IAsyncEnumerable<string> ReadLogAsync(
        string resourceId,
        bool follow,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new WatchResourceConsoleLogsRequest { ResourceName = resourceId, SuppressFollow = !follow };
        using var call = _client.WatchResourceConsoleLogs(request, _headers, cancellationToken: cancellationToken);
        await foreach (var update in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            foreach (var line in update.LogLines)
            {
                yield return line.Text;
            }
        }
    }

    /// <summary>Gives a command to a resource.</summary>
    /// <exception cref="Refusal">The host did not do it.</exception>
    public async Task ExecuteAsync(ResourceView resource, string command, CancellationToken cancellationToken)
    {
        var request = new ResourceCommandRequest
        {
            CommandName = command,
            ResourceName = resource.Id,
            ResourceType = resource.Type,
            NonInteractive = true,
        };
        var response = await _client.ExecuteResourceCommandAsync(request, _headers, cancellationToken: cancellationToken);
        if (response.Kind != ResourceCommandResponseKind.Succeeded)
        {
            throw new Refusal(
                $"the host could not {command} {resource.Name}: {(response.Message is { Length: > 0 } message ? message : response.Kind)}"
            );
        }
    }

    private static void Apply(SortedDictionary<string, Resource> known, WatchResourcesUpdate update)
    {
        foreach (var resource in update.InitialData?.Resources ?? [])
        {
            known[resource.Name] = resource;
        }

        foreach (var change in update.Changes?.Value ?? [])
        {
            if (change.Upsert is { } upsert)
            {
                known[upsert.Name] = upsert;
            }
            else
            {
                known.Remove(change.Delete.ResourceName);
            }
        }
    }
}
