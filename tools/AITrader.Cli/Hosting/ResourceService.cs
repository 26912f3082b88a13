using System.Runtime.CompilerServices;
using AITrader.Cli.Failures;
using AITrader.Cli.Hosting.Wire;
using AITrader.Cli.Network;
using AITrader.Cli.Timing;
using AITrader.Hosting.Home;
using Grpc.Core;
using Grpc.Net.Client;

namespace AITrader.Cli.Hosting;

/// <summary>A client of Aspire's resource service, which lists resources, streams their logs and runs commands on them.</summary>
internal sealed class ResourceService : IDisposable
{
    private const string KeyHeader = "x-resource-service-api-key";

    private static readonly TimeSpan FirstUpdateTimeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan NextUpdatesTimeout = TimeSpan.FromSeconds(1);

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

    /// <summary>Whether the resource service of a host that has just started answers yet.</summary>
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

    /// <summary>All resources as they are now, parameters and hidden resources included.</summary>
    /// <remarks>On the first call the host sends an empty list, and the resources in the messages that follow.</remarks>
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
            await ReadFirstUpdatesAsync(call.ResponseStream, known, cancellationToken);
        }

        return [.. known.Values];
    }

    private static async Task ReadFirstUpdatesAsync(
        IAsyncStreamReader<WatchResourcesUpdate> updates,
        SortedDictionary<string, Resource> known,
        CancellationToken cancellationToken
    )
    {
        // A busy host takes seconds for the first resource; the others follow at once.
        using var first = new Deadline(FirstUpdateTimeout, TimeProvider.System, cancellationToken);
        try
        {
            while (known.Count == 0 && await updates.MoveNext(first.Token))
            {
                Apply(known, updates.Current);
            }

            using var next = new Deadline(NextUpdatesTimeout, TimeProvider.System, first.Token);
            while (await updates.MoveNext(next.Token))
            {
                Apply(known, updates.Current);
            }
        }
        catch (RpcException over) when (over.StatusCode == StatusCode.Cancelled && !cancellationToken.IsCancellationRequested)
        {
            // The updates that came within that time are all resources there are.
        }
    }

    /// <summary>The resources that are shown, each time that one of them changed.</summary>
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

    /// <summary>The resources that a user sees, ordered by name.</summary>
    public static IReadOnlyList<ResourceView> Shown(IEnumerable<Resource> resources) =>
        [.. resources.Where(ResourceView.IsShown).Select(ResourceView.From).OrderBy(static view => view.Name, StringComparer.Ordinal)];

    /// <summary>The lines that a resource has printed and, where <paramref name="follow" /> is true, those that follow.</summary>
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

    /// <summary>Runs a command on a resource, such as <c>restart</c>.</summary>
    /// <exception cref="Refusal">The command failed.</exception>
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
