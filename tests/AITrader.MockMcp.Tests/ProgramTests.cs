using System.Diagnostics;
using System.Globalization;
using AITrader.TestSupport;

namespace AITrader.MockMcp.Tests;

public sealed class ProgramTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_process_serves_and_ends_in_order()
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find()}"));
        using var process = Start($"--urls={address}");
        try
        {
            using var http = new HttpClient { BaseAddress = address };
            await AnswersAsync(http, process);
            Assert.Contains("NIFTY 50", await http.GetStringAsync(new Uri("/instruments", UriKind.Relative), Ct), StringComparison.Ordinal);
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(Ct).WaitAsync(Timeout, Ct);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task A_setting_out_of_bounds_stops_the_start_with_its_name()
    {
        using var process = Start("--urls=http://127.0.0.1:0", "--Market:TicksPerSecond=-1");
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct).WaitAsync(Timeout, Ct);
        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("TicksPerSecond", await output + await errors, StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AITrader.MockMcp.dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    private static async Task AnswersAsync(HttpClient http, Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(Timeout);
        while (true)
        {
            Assert.False(process.HasExited);
            try
            {
                using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative), limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(50, limit.Token);
        }
    }
}
