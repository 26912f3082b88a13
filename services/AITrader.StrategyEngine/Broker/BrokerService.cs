using AITrader.ServiceDefaults.Supervision;
using AITrader.StrategyEngine.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace AITrader.StrategyEngine.Broker;

/// <summary>Reads the account at the broker now and then; no decision waits for it.</summary>
internal sealed class BrokerService(
    Supervisor supervisor,
    BrokerTools tools,
    BrokerBoard board,
    ResiliencePipeline<BrokerReading> breaker,
    IOptions<BrokerOptions> options,
    TimeProvider time,
    ILogger<BrokerService> log
) : SupervisedService(supervisor)
{
    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        while (true)
        {
            Take(await ReadAsync(stoppingToken));
            ReportProgress();
            await Task.Delay(options.Value.Every, time, stoppingToken);
        }
    }

    private async Task<BrokerReading> ReadAsync(CancellationToken ct)
    {
        try
        {
            return await breaker.ExecuteAsync(async token => await tools.ReadAsync(token), ct);
        }
        catch (BrokenCircuitException)
        {
            return new BrokerReading(null, "fails, and is not called for a while");
        }
    }

    private void Take(BrokerReading reading)
    {
        var before = board.Newest;
        board.Show(reading);
        if (reading.LoginLink is not null && before.LoginLink is null)
        {
            log.BrokerWantsLogin();
        }
        else if (reading.Account is not null && before.Account is null)
        {
            log.BrokerIsRead(reading.Account.AvailableMargin);
        }
        else if (reading.IsFailure && reading.Problem != before.Problem)
        {
            log.BrokerIsNotRead(reading.Problem!);
        }
    }
}

/// <summary>Reports an account at the broker that is not known: live orders are not bounded by its margin meanwhile.</summary>
internal sealed class BrokerCheck(BrokerBoard board) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            !board.IsEnabled || board.IsKnown && board.Newest.Account is not null
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded(
                    $"the account at the broker is not read: {board.Newest.Problem}"
                        + (board.Newest.LoginLink is null ? string.Empty : "; GET /broker has the link")
                        + (board.IsKnown ? "; the last reading still bounds live orders" : "; live orders are not bounded by its margin")
                )
        );
}
