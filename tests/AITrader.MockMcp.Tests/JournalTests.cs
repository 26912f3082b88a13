using System.Text.Json;
using AITrader.TestSupport;
using AITrader.Venues.Kite.Rest;

namespace AITrader.MockMcp.Tests;

public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mock-mcp").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "data", "journal.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_killed_broker_comes_back_with_its_book_and_goes_on()
    {
        string complete;
        string waiting;
        int gtt;
        JsonElement ledger;
        JsonElement positions;
        JsonElement funds;
        await using (var process = await StartAsync())
        {
            var kite = await SignInAsync(process);
            var (bid, offer, _) = await kite.PricesAsync();
            complete = await kite.PlaceAsync("regular", ("tag", "first"));
            waiting = await kite.PlaceAsync("regular", ("order_type", "LIMIT"), ("price", bid - 5));
            gtt = await GttCalls.SetAsync(kite, "two-leg", [1420, 1720]);
            ledger = await LedgerAsync(process);
            positions = (await kite.GetAsync("portfolio/positions")).GetProperty("net")[0];
            funds = await kite.GetAsync("user/margins/equity");
            await process.KillAsync();
        }

        await using (var process = await StartAsync())
        {
            Assert.Equal(ledger.ToString(), (await LedgerAsync(process)).ToString());
            var kite = await SignInAsync(process);
            var held = (await kite.GetAsync("portfolio/positions")).GetProperty("net")[0];
            // The market starts anew: what its last price is in differs.
            foreach (var field in new[] { "tradingsymbol", "product", "quantity", "average_price", "value", "day_buy_value" })
            {
                Assert.Equal(positions.GetProperty(field).ToString(), held.GetProperty(field).ToString());
            }

            Assert.Equal(
                funds.GetProperty("net").GetDecimal(),
                (await kite.GetAsync("user/margins/equity")).GetProperty("net").GetDecimal()
            );
            Assert.Equal("active", (await kite.GetAsync($"gtt/triggers/{gtt}")).GetProperty("status").GetString());
            Assert.Equal("OPEN", (await kite.LastAsync(waiting)).GetProperty("status").GetString());
            Assert.Equal(5, (await kite.StatusesAsync(complete)).Length);
            await kite.SendAsync(HttpMethod.Delete, $"orders/regular/{waiting}");
            var next = await kite.PlaceAsync("regular");
            Assert.True(string.CompareOrdinal(next, waiting) > 0);
            var trades = (await LedgerAsync(process))
                .GetProperty("trades")
                .EnumerateArray()
                .Select(static trade => trade.GetProperty("trade_id").GetString());
            Assert.Equal(["1", "2"], trades);
        }
    }

    [Fact]
    public async Task Killed_at_any_moment_every_order_that_was_answered_is_in_the_journal()
    {
        var answered = new List<string>();
        await using (var process = await StartAsync())
        {
            var kite = await SignInAsync(process);
            var kill = Task.CompletedTask;
            try
            {
                for (var i = 0; i < 10_000; i++)
                {
                    answered.Add(await kite.PlaceAsync("regular", ("quantity", 1)));
                    kill = i == 20 ? process.KillAsync() : kill;
                }
            }
            catch (HttpRequestException)
            {
                // Killed, as it was meant to be.
            }

            await kill;
        }

        Assert.True(answered.Count > 20);
        await using var again = await StartAsync();
        var kept = (await LedgerAsync(again))
            .GetProperty("orders")
            .EnumerateArray()
            .Select(static order => order.GetProperty("order_id").GetString()!);
        Assert.Empty(answered.Except(kept));
    }

    [Fact]
    public async Task A_torn_last_line_is_cut_off_and_a_torn_one_before_it_stops_the_start()
    {
        await using (var process = await StartAsync())
        {
            await (await SignInAsync(process)).PlaceAsync("regular");
        }

        var lines = await System.IO.File.ReadAllLinesAsync(File, Ct);
        await System.IO.File.AppendAllTextAsync(File, lines[^1][..40], Ct);
        await using (var process = await StartAsync())
        {
            Assert.Single((await LedgerAsync(process)).GetProperty("orders").EnumerateArray());
            await (await SignInAsync(process)).PlaceAsync("regular");
        }

        Assert.All(await System.IO.File.ReadAllLinesAsync(File, Ct), static line => JsonDocument.Parse(line).Dispose());
        lines[1] = lines[1][..40];
        await System.IO.File.WriteAllLinesAsync(File, lines, Ct);
        var ended = await ServiceProcess.RunAsync("AITrader.MockMcp", ("Broker:JournalFile", File), ("urls", "http://127.0.0.1:0"));
        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("Line 2 of the broker's journal", string.Join('\n', ended.Output.Concat(ended.Errors)), StringComparison.Ordinal);
    }

    private static async Task<KiteCaller> SignInAsync(ServiceProcess process)
    {
        var client = new KiteClient(process.Client);
        var token = await client.RequestTokenAsync(process.Client.BaseAddress!, "test_api_key", Ct);
        var credentials = (await client.CreateSessionAsync("test_api_key", token, "test_api_secret", Ct)).Credentials;
        return new KiteCaller(process.Client, credentials);
    }

    private static async Task<JsonElement> LedgerAsync(ServiceProcess process) =>
        JsonDocument
            .Parse(await process.Client.GetStringAsync(new Uri("/admin/ledger", UriKind.Relative), Ct))
            .RootElement.GetProperty("data")
            .Clone();

    private Task<ServiceProcess> StartAsync() =>
        ServiceProcess.StartAsync(
            "AITrader.MockMcp",
            ("Broker:JournalFile", File),
            ("Market:TicksPerSecond", "0"),
            ("Kite:LimitRates", "false")
        );
}
