using AITrader.Contracts;
using AITrader.Messaging.Diagnostics;
using AITrader.Messaging.Reading;
using AITrader.Messaging.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace AITrader.Messaging.Supervision;

/// <summary>Counts the starts of this instance since its last orderly stop. An orderly stop clears the count, so the number of crashes is
/// one less than the count. The count expires after a day without a start.</summary>
internal sealed class RestartCounter(RedisBus bus, InstanceName instance, TimeProvider clock, ILogger<RestartCounter> logger)
    : BackgroundService
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private string Key => bus.Key(CacheKeys.Restarts(instance.Service));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StopTimeout);
        try
        {
            await RedisFailures.OrUnavailable(() => bus.Database.HashDeleteAsync(Key, instance.Value), "forget restarts", timeout.Token);
        }
        catch (Exception failure) when (failure is BusUnavailableException or OperationCanceledException)
        {
            logger.RestartsNotStored(failure);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryCountAsync(stoppingToken))
        {
            await Task.Delay(RetryDelay, clock, stoppingToken);
        }
    }

    // When Redis does not confirm, the start is counted again: a count that is one too high is noticed, one that is too low is not.
    private async Task<bool> TryCountAsync(CancellationToken ct)
    {
        var transaction = bus.Database.CreateTransaction();
        _ = transaction.HashIncrementAsync(Key, instance.Value, flags: CommandFlags.FireAndForget);
        _ = transaction.KeyExpireAsync(Key, Retention, flags: CommandFlags.FireAndForget);
        try
        {
            return await RedisFailures.OrUnavailable(() => transaction.ExecuteAsync(), "count restarts", ct);
        }
        catch (BusUnavailableException away)
        {
            logger.RestartsNotStored(away);
            return false;
        }
    }
}
