using System.Text.Json;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Hosting;
using AITrader.Cli.Hosting.Wire;
using AITrader.Cli.Processes;
using AITrader.Cli.Repository;
using AITrader.Cli.Timing;
using AITrader.Hosting.Home;
using Grpc.Core;

namespace AITrader.Cli.Status;

/// <summary>Puts the truth together: of what the host says, what each resource says now, and what the gateway says, the worst
/// counts.</summary>
internal sealed class StatusReader(Installation installation, UsageMeter meter, GatewaySignIn signIn, TokenStore tokens, TimeProvider time)
{
    private static readonly TimeSpan HostTimeout = TimeSpan.FromSeconds(2.5);

    // The gateway asks everything behind it, and has just been started more often than not.
    private static readonly TimeSpan GatewayTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Measures the processes for a second, then probes all resources at once, each for a few seconds at most.</summary>
    /// <exception cref="Refusal">The host itself does not answer.</exception>
    public async Task<SystemStatus> ReadAsync(HostRecord record, CancellationToken cancellationToken)
    {
        var measuring = meter.MeasureAsync(record, cancellationToken);
        var resources = await ReadResourcesAsync(record, cancellationToken);
        // Measured before the probes, which would cost more processor time than an idle system takes.
        var reading = await measuring;
        var shown = ResourceService.Shown(resources);
        var address = GatewayAddress.From(resources);
        using var probes = new LiveProbes(time);
        var asking = Task.WhenAll(shown.Select(resource => probes.AskAsync(resource, cancellationToken)));
        var linking = MakeLinkAsync(address, cancellationToken);
        var (gateway, problem) = await ReadGatewayAsync(record, address, cancellationToken);
        var answers = await asking;
        var reported = ReportedProblems.From(gateway);
        return new SystemStatus(
            record.Process.Pid,
            [.. shown.Zip(answers, (resource, answer) => StatusOf(resource, ProblemOf(resource, answer, reported), reading))],
            reading.Total,
            new Links(await linking, DashboardLink.Of(record)),
            gateway,
            problem
        );
    }

    private async Task<IReadOnlyList<Resource>> ReadResourcesAsync(HostRecord record, CancellationToken cancellationToken)
    {
        using var service = new ResourceService(record);
        using var deadline = new Deadline(HostTimeout, time, cancellationToken);
        try
        {
            return await service.ReadAsync(deadline.Token);
        }
        catch (Exception silent) when (silent is RpcException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new Refusal(
                $"AITrader's host (process {record.Process.Pid}) runs and does not answer{(IsSuspended(record) ? ": it is suspended (SIGSTOP); `kill -CONT` lets it go on" : string.Empty)}. Its log is {installation.Home.HostLog}"
            );
        }
    }

    private static bool IsSuspended(HostRecord record) => ProcessTable.Read().Find(record.Process.Pid) is { IsSuspended: true };

    private async Task<(JsonElement? Status, string? Problem)> ReadGatewayAsync(
        HostRecord record,
        GatewayAddress? address,
        CancellationToken cancellationToken
    )
    {
        if (address is null)
        {
            return (null, "the gateway does not run");
        }

        using var client = new GatewayClient(record, address, signIn, tokens);
        return await TryAsync(async token => (JsonElement?)await client.GetAsync("/api/status", token), cancellationToken);
    }

    // The plain link where the gateway cannot make one that signs in.
    private async Task<Uri?> MakeLinkAsync(GatewayAddress? address, CancellationToken cancellationToken) =>
        address?.Page is { } page
            ? (await TryAsync(async token => (Uri?)await signIn.MakeLinkAsync(address, token), cancellationToken)).Value ?? page
            : null;

    private async Task<(T? Value, string? Problem)> TryAsync<T>(Func<CancellationToken, Task<T?>> ask, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(GatewayTimeout, time, cancellationToken);
        try
        {
            return (await ask(deadline.Token), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (default, $"the gateway does not answer within {GatewayTimeout.TotalSeconds} s");
        }
        catch (Refusal refusal)
        {
            return (default, refusal.Message);
        }
    }

    // A service's own answer is newer than what the gateway remembers of it; of a store, an answer says less than the gateway's statement
    // that ran.
    private static string? ProblemOf(ResourceView resource, ProbeAnswer answer, ReportedProblems reported) =>
        answer.WasAsked && !LiveProbes.IsStore(resource) ? answer.Problem : answer.Problem ?? reported.Of(resource.Name);

    private static ResourceStatus StatusOf(ResourceView resource, string? problem, UsageReading reading)
    {
        var tree = reading.TreeOf(resource.Pid);
        if (tree.FirstOrDefault(static entry => entry.IsSuspended) is { } suspended)
        {
            problem = $"process {suspended.Pid} ({suspended.Name}) is suspended (SIGSTOP)";
        }

        var condition = problem is not null && resource.Condition == Condition.Healthy ? Condition.Unhealthy : resource.Condition;
        return new ResourceStatus(
            resource.Name,
            resource.Id,
            resource.Type,
            resource.State,
            condition,
            problem ?? resource.Problem,
            resource.Pid,
            resource.Restarts,
            resource.Urls,
            reading.Of(tree)
        );
    }
}
