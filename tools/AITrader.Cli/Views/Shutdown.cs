using System.Globalization;
using AITrader.Cli.Failures;
using AITrader.Cli.Gateway;
using AITrader.Cli.Hosting;
using AITrader.Cli.Output;
using AITrader.Hosting.Home;

namespace AITrader.Cli.Views;

/// <summary>Stops a host and shows how many of its processes are left.</summary>
internal sealed class Shutdown(HostStopper stopper, TokenStore tokens, ProgressDisplay bar)
{
    /// <exception cref="Refusal">Some processes could not be ended.</exception>
    public Task<int> RunAsync(HostRecord record, CancellationToken cancellationToken) => bar.RunAsync("stopping", total: 1, async work =>
        {
            var max = 1;
            await stopper.StopAsync(record, Show, cancellationToken);
            tokens.Forget();
            return max;

            void Show(int left)
            {
                max = Math.Max(max, left);
                work.SetTotal(max);
                work.Report(max - left, string.Create(CultureInfo.InvariantCulture, $"{left} processes left"));
            }
        });
}
