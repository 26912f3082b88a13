using System.Collections.Concurrent;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

/// <summary>Hands what is on the monitor channel to the clients of this instance.</summary>
internal sealed class MonitorHub(Supervisor supervisor, IMonitorChannel channel, IOptions<MonitorOptions> options)
    : SupervisedService(supervisor)
{
    private readonly ConcurrentDictionary<MonitorQueue, bool> _clients = new();

    public bool IsFull => _clients.Count >= options.Value.MaxClients;

    /// <summary>Fills this queue until it is removed.</summary>
    public void Add(MonitorQueue client) => _clients[client] = true;

    public void Remove(MonitorQueue client) => _clients.TryRemove(client, out _);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        await foreach (var text in channel.SubscribeAsync(stoppingToken))
        {
            ReportProgress();
            if (!_clients.IsEmpty && MonitorJson.Read(text) is { } message)
            {
                Broadcast(message);
            }
        }
    }

    private void Broadcast(MonitorMessage message)
    {
        foreach (var (client, _) in _clients)
        {
            client.Add(message);
        }
    }
}
