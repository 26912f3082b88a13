using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Output;
using Spectre.Console;

namespace AITrader.Cli.Views;

/// <summary>Shows a replay's progress until it ends: on a terminal a bar, elsewhere a line whenever the state changes and every few
/// seconds.</summary>
internal sealed class ReplayFollower(ProgressDisplay bar, IAnsiConsole console, TimeProvider time)
{
    public const string Path = "/api/v1/replay";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <returns>Exit code 1 where it failed.</returns>
    public async Task<int> FollowAsync(GatewayClient client, CancellationToken cancellationToken)
    {
        var last = await bar.RunAsync("replay", total: 1, async work =>
        {
            for (; ; )
            {
                var replay = await client.GetAsync(Path, cancellationToken);
                if (!ReplayView.IsActive(replay))
                {
                    return replay;
                }

                work.Report(ReplayView.Progress(replay), string.Join(", ", ReplayView.Words(replay)));
                await Task.Delay(PollInterval, time, cancellationToken);
            }
        });
        console.SayAll(ReplayView.Lines(last));
        return ReplayView.State(last) == "failed" ? ExitCodes.Failed : ExitCodes.Done;
    }
}
