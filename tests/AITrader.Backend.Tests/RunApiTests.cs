using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Parquet;

namespace AITrader.Backend.Tests;

/// <summary>Runs over HTTP, under the gateway's own database login.</summary>
public sealed class RunApiTests(RunFixture fixture) : IClassFixture<RunFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_are_listed_newest_first_by_kind_and_in_pages_that_join()
    {
        Assert.Equal(["gone", "open", "second", "first", "live"], await IdsAsync("/api/v1/runs"));
        Assert.Equal(["gone", "open", "second", "first"], await IdsAsync("/api/v1/runs?kind=replay"));
        Assert.Equal(["live"], await IdsAsync("/api/v1/runs?kind=paper"));
        Assert.Equal(["second"], await IdsAsync("/api/v1/runs?search=ema_cross-search-1"));
        Assert.Empty(await IdsAsync("/api/v1/runs?search=%22%7D,%7B"));

        var pages = new List<string>();
        string? next = null;
        do
        {
            var page = await GetAsync($"/api/v1/runs?limit=1{(next is null ? "" : $"&before={next}")}");
            pages.AddRange(page.GetProperty("items").EnumerateArray().Select(static run => run.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString();
        } while (next is not null);

        // Two of them began in the same moment.
        Assert.Equal(["gone", "open", "second", "first", "live"], pages);
    }

    [Fact]
    public async Task A_run_shows_its_own_account_setup_and_numbers()
    {
        var run = await GetAsync("/api/v1/runs/first");

        var (facts, account, numbers) = (run.GetProperty("run"), run.GetProperty("account"), run.GetProperty("statistics"));
        Assert.Equal(("first", "replay", 3), (Text(facts, "id"), Text(facts, "kind"), facts.GetProperty("fills").GetInt64()));
        Assert.Equal("ema_cross", run.GetProperty("setup").GetProperty("strategies")[0].GetProperty("name").GetString());

        // Bought 2 at 100, sold 1 at 130 and 1 at 90 with a fee of 1 each: +30 - 10 - 3.
        Assert.Equal(("1017", "1017", "0"), (Raw(account, "cash"), Raw(account, "equity"), Raw(account, "unrealised_pnl")));
        Assert.Equal(("1017", "420", "3"), (Raw(numbers, "final_equity"), Raw(numbers, "notional"), Raw(numbers, "fees")));
        Assert.Equal(0.017, numbers.GetProperty("total_return").GetDouble(), 12);
        Assert.Equal(("3", "2", "0.5"), (Raw(numbers, "fills"), Raw(numbers, "trades"), Raw(numbers, "win_rate")));
        // (30 - 0.5 - 1) / (10 + 0.5 + 1)
        Assert.Equal(28.5 / 11.5, numbers.GetProperty("profit_factor").GetDouble(), 12);
        // From a peak of 1060 to 1017.
        Assert.Equal(-43m / 1060m, numbers.GetProperty("max_drawdown").GetDecimal(), 12);
        // The signal showed 99.5 when the first order was decided on.
        Assert.Equal("1", Raw(numbers, "slippage"));
        // Two hours of two and a half.
        Assert.Equal(0.8, numbers.GetProperty("exposure").GetDouble(), 12);
    }

    [Fact]
    public async Task A_run_without_a_fill_has_no_number_that_is_not_defined()
    {
        var numbers = (await GetAsync("/api/v1/runs/second")).GetProperty("statistics");

        Assert.Equal(("500", "0", "0"), (Raw(numbers, "final_equity"), Raw(numbers, "trades"), Raw(numbers, "total_return")));
        Assert.All(["win_rate", "profit_factor", "expectancy", "payoff", "slippage", "sharpe", "calmar"], name =>
            Assert.Equal(JsonValueKind.Null, numbers.GetProperty(name).ValueKind)
        );
    }

    [Fact]
    public async Task The_live_run_is_marked_now_and_holds_nothing_of_the_others()
    {
        var run = await GetAsync("/api/v1/runs/live");

        // 99,000.50 and 0.02 at 51,000.
        Assert.Equal("100020.5", Raw(run.GetProperty("account"), "equity"));
        Assert.Equal("20", Raw(run.GetProperty("account"), "unrealised_pnl"));
        Assert.Equal("5", Raw(run.GetProperty("statistics"), "fills"));
    }

    [Fact]
    public async Task Equity_is_the_stored_curve_and_of_many_points_its_lows_and_highs()
    {
        var whole = await GetAsync("/api/v1/runs/first/equity");
        Assert.Equal(
            ["1000", "1060", "1030", "1017"],
            whole.GetProperty("items").EnumerateArray().Select(static point => Raw(point, "equity"))
        );

        var cut = await GetAsync("/api/v1/runs/open/equity?points=10");
        var shown = cut.GetProperty("items").EnumerateArray().Select(static point => point.GetProperty("equity").GetDecimal()).ToList();
        Assert.Equal((500, true), (cut.GetProperty("total").GetInt32(), shown.Count <= 10));
        Assert.Equal((1m, 9_999m, 500m), (shown.Min(), shown.Max(), shown[^1]));
        var times = cut.GetProperty("items").EnumerateArray().Select(static point => point.GetProperty("timestamp").GetDateTimeOffset());
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task Comparison_puts_numbers_side_by_side_and_names_what_differs_of_the_setups()
    {
        var compared = await GetAsync("/api/v1/runs/compare?ids=first,second");

        Assert.Equal(["first", "second"], compared.GetProperty("runs").EnumerateArray().Select(static run => Text(run, "id")));
        Assert.Equal("[1017,500]", Row(compared, "statistics", "final_equity"));
        Assert.Equal("[0.5,null]", Row(compared, "statistics", "win_rate"));
        Assert.Equal(
            ["initial_cash", "search.name", "search.trial", "sha256", "strategies.ema_cross.options.fast", "strategies.extra.name"],
            compared.GetProperty("differences").EnumerateArray().Select(static row => Text(row, "name"))
        );
        Assert.Equal("[5,8]", Row(compared, "differences", "strategies.ema_cross.options.fast"));
        Assert.Equal("""[null,"extra"]""", Row(compared, "differences", "strategies.extra.name"));
        Assert.Equal("[1000,500]", Row(compared, "differences", "initial_cash"));
    }

    [Fact]
    public async Task Tables_of_a_run_are_exported_as_csv()
    {
        Assert.Equal(
            [
                "trade_id,timestamp,symbol,side,qty,price,fees,pnl,strategy_tag,notes",
                $",2024-08-08T12:00:00.000000Z,BTCUSDT,BUY,2,100,1,0,ema_cross,\"said \"\"go\"\", and went\"",
                $",2024-08-08T13:00:00.000000Z,BTCUSDT,SELL,1,130,1,30.1234567890123456,ema_cross,",
                $",2024-08-08T14:00:00.000000Z,BTCUSDT,SELL,1,90,1,-10,ema_cross,",
            ],
            (await CsvAsync("first", "trades")).Select(
                static (line, row) => row == 0 ? line : line[line.IndexOf(',', StringComparison.Ordinal)..]
            )
        );
        Assert.Equal(
            ["timestamp,equity,cash,gross_exposure", "2024-08-08T12:00:00.000000Z,1000,799,200"],
            (await CsvAsync("first", "equity")).Take(2)
        );
        Assert.Equal(2, (await CsvAsync("first", "signals")).Count);
        Assert.Equal(["id,timestamp,symbol,pattern,direction,score,price,tick_id,seq"], await CsvAsync("second", "signals"));
    }

    [Fact]
    public async Task Tables_of_a_run_are_exported_as_parquet()
    {
        using var answer = await fixture.Gateways.Client.GetAsync("/api/v1/runs/first/export/trades?format=parquet", Ct);
        Assert.Equal("first-trades.parquet", answer.Content.Headers.ContentDisposition?.FileName);
        await using var file = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct));
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: Ct);

        var fields = reader.Schema.GetDataFields();
        Assert.Equal(
            ["trade_id", "timestamp", "symbol", "side", "qty", "price", "fees", "pnl", "strategy_tag", "notes"],
            fields.Select(static field => field.Name)
        );
        using var rows = reader.OpenRowGroupReader(0);
        var pnl = new decimal[rows.RowCount];
        await rows.ReadAsync<decimal>(fields[7], pnl, cancellationToken: Ct);
        Assert.Equal([0m, 30.1234567890123456m, -10m], pnl);

        using var empty = await fixture.Gateways.Client.GetAsync("/api/v1/runs/second/export/signals?format=parquet", Ct);
        await using var none = await ParquetReader.CreateAsync(
            new MemoryStream(await empty.Content.ReadAsByteArrayAsync(Ct)),
            cancellationToken: Ct
        );
        Assert.Equal(0, none.RowGroupCount);
    }

    [Theory]
    [InlineData("/api/v1/runs/nothing", 404, "unknown-run")]
    [InlineData("/api/v1/runs/nothing/equity", 404, "unknown-run")]
    [InlineData("/api/v1/runs/nothing/export/trades", 404, "unknown-run")]
    [InlineData("/api/v1/runs/first/export/bars", 404, "unknown-table")]
    [InlineData("/api/v1/runs/first/export/trades?format=xml", 400, "unknown-format")]
    [InlineData("/api/v1/runs/first/equity?points=3", 400, "points-out-of-range")]
    [InlineData("/api/v1/runs/compare?ids=first", 400, "bad-comparison")]
    [InlineData("/api/v1/runs/compare?ids=first,first", 400, "bad-comparison")]
    [InlineData("/api/v1/runs/compare?ids=1,2,3,4,5,6,7,8,9,10,11", 400, "bad-comparison")]
    [InlineData("/api/v1/runs/compare?ids=first,nothing", 404, "unknown-run")]
    [InlineData("/api/v1/runs/compare", 400, "bad-comparison")]
    [InlineData("/api/v1/runs?kind=dream", 400, "unknown-kind")]
    [InlineData("/api/v1/runs?limit=0", 400, "limit-out-of-range")]
    [InlineData("/api/v1/runs?before=zzz", 400, "malformed-cursor")]
    [InlineData("/api/v1/runs?before=MDoA", 400, "malformed-cursor")] // a name with a NUL, which PostgreSQL would refuse
    public async Task Bad_input_is_a_problem_that_says_what(string path, int status, string reason)
    {
        using var answer = await fixture.Gateways.Client.GetAsync(path, Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.StartsWith($"urn:aitrader:backend:{reason}", (await Gateway.JsonAsync(answer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_administrator_deletes_a_run_that_has_ended_and_no_other()
    {
        Assert.Equal((HttpStatusCode.Conflict, "live-run-stays"), await DeleteAsync("live"));
        var (status, reason) = await DeleteAsync("open");
        Assert.Equal((HttpStatusCode.Conflict, "run-is-running"), (status, reason));
        Assert.Equal((HttpStatusCode.NotFound, "unknown-run"), await DeleteAsync("nothing"));
        foreach (var role in new[] { "viewer", "trader" })
        {
            using var client = fixture.Gateways.Gateway.ClientOf(role);
            using var refused = await client.DeleteAsync("/api/v1/runs/first", Ct);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            using var read = await client.GetAsync("/api/v1/runs/first", Ct);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }

        await using (var before = fixture.Gateways.Gateway.NewContext())
        {
            before.Runs.Add(RunFixture.Run("deleted", RunKinds.Backtest, 9));
            await before.SaveChangesAsync(Ct);
        }

        using var answer = await fixture.Gateways.Client.DeleteAsync("/api/v1/runs/deleted", Ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, "unknown-run"), await DeleteAsync("deleted"));

        await using var db = fixture.Gateways.Gateway.NewContext();
        Assert.NotNull((await db.Runs.SingleAsync(static row => row.Run == "deleted", Ct)).DeleteAskedAt);
        Assert.Equal(
            3,
            await db.Runs.CountAsync(static row => row.DeleteAskedAt == null && row.Kind == RunKinds.Replay && row.Run != "gone", Ct)
        );
        Assert.Single(await db.AuditEvents.Where(static row => row.EventType == "run.delete_asked").ToListAsync(Ct));
        await db.Runs.Where(static row => row.Run == "deleted").ExecuteDeleteAsync(Ct);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Raw(JsonElement element, string name) => element.GetProperty(name).GetRawText();

    private static string Row(JsonElement compared, string table, string name) =>
        Raw(compared.GetProperty(table).EnumerateArray().Single(row => Text(row, "name") == name), "values");

    private async Task<(HttpStatusCode Status, string Reason)> DeleteAsync(string id)
    {
        using var answer = await fixture.Gateways.Client.DeleteAsync($"/api/v1/runs/{id}", Ct);
        return (answer.StatusCode, Text(await Gateway.JsonAsync(answer), "type")["urn:aitrader:backend:".Length..]);
    }

    private async Task<List<string>> CsvAsync(string run, string table)
    {
        using var answer = await fixture.Gateways.Client.GetAsync($"/api/v1/runs/{run}/export/{table}", Ct);
        Assert.Equal($"{run}-{table}.csv.gz", answer.Content.Headers.ContentDisposition?.FileName);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(Ct), CompressionMode.Decompress);
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return [.. (await reader.ReadToEndAsync(Ct)).TrimEnd('\n').Split('\n')];
    }

    private async Task<List<string>> IdsAsync(string path) =>
        [.. (await GetAsync(path)).GetProperty("items").EnumerateArray().Select(static run => Text(run, "id"))];

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await fixture.Gateways.Client.GetAsync(path, Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        return await Gateway.JsonAsync(answer);
    }
}
