using System.Globalization;
using System.Text.Json;
using AITrader.Contracts.Messages;
using AITrader.Domain.Ids;
using AITrader.Domain.Orders;
using AITrader.Domain.Prices;
using AITrader.Domain.Ticks;
using AITrader.ExecutionEngine.Brokers.Parts;
using AITrader.Messaging;
using AITrader.Storage.Rows;
using AITrader.TestSupport;
using AITrader.Trading.TestBench;
using AITrader.Venues.Kite.Orders;
using AITrader.Venues.Kite.Rest;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AITrader.ExecutionEngine.Tests.Brokers;

/// <summary>The engine before a mock exchange that is a process of its own, and what is needed to send orders and to judge the
/// books.</summary>
internal sealed class BrokerBench : IAsyncDisposable
{
    public const string Symbol = "NSE:INFY";

    private static readonly (string, string)[] Usual =
    [
        ("Execution:Broker", "kite"),
        ("Execution:GuardInterval", "00:00:00.100"),
        ("Execution:MaxQuoteAge", "01:00:00"),
        ("Broker:PollInterval", "00:00:00.100"),
        ("Broker:SettleTime", "00:00:01"),
        ("Broker:ReconcileInterval", "00:00:00.500"),
        ("Kite:AnswerLimit", "00:00:02"),
        ("DeadMan:Enabled", "false"),
        ("Lease:Life", "00:00:06"),
    ];

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private long _seq;
    private IHost? _engine;

    private BrokerBench(Bench bench, ServiceProcess mock) => (Bench, Mock) = (bench, mock);

    public Bench Bench { get; }

    public ServiceProcess Mock { get; }

    /// <summary>Best bid when the bench began; the market stands still.</summary>
    public decimal Bid { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<BrokerBench> StartAsync(params (string, string)[] mock)
    {
        var process = ServiceProcess.StartAsync(
            "AITrader.MockMcp",
            [("Market:TicksPerSecond", "0"), ("Kite:LimitRates", "false"), .. mock]
        );
        var bench = new BrokerBench(await Bench.StartAsync(), await process);
        var kite = new KiteClient(bench.Mock.Client);
        var token = await kite.RequestTokenAsync(bench.Mock.Client.BaseAddress!, "test_api_key", Ct);
        var caller = (await kite.CreateSessionAsync("test_api_key", token, "test_api_secret", Ct)).Credentials;
        bench.Bid = (await kite.GetQuotesAsync(caller, [Symbol], Ct))[Symbol].Depth!.Buy[0].Price;
        await using var db = bench.Bench.NewContext();
        await db.Accounts.ExecuteUpdateAsync(static set => set.SetProperty(static row => row.Currency, "INR"), Ct);
        return bench;
    }

    /// <summary>Starts the engine, and waits until it takes live orders.</summary>
    public async Task StartEngineAsync(IOrderPathProbe? probe = null, params (string, string)[] settings)
    {
        await LaunchAsync(probe, settings);
        await UntilAgreedAsync();
    }

    /// <summary>Starts the engine with a market.</summary>
    public async Task LaunchAsync(IOrderPathProbe? probe = null, params (string, string)[] settings)
    {
        _engine = await Bench.StartAsync(
            "execution-engine",
            builder =>
            {
                builder.AddExecution();
                if (probe is not null)
                {
                    builder.Services.AddSingleton(probe);
                }
            },
            [
                .. Usual
                    .Append(("Kite:Address", Mock.Client.BaseAddress!.ToString()))
                    .Where(usual => !settings.Any(own => own.Item1 == usual.Item1)),
                .. settings,
            ]
        );
        await QuoteAsync();
    }

    /// <summary>Starts the engine as a process of its own, and waits until it takes live orders.</summary>
    public async Task<ServiceProcess> StartProcessAsync(params (string, string)[] settings)
    {
        var process = await ServiceProcess.StartAsync(
            "AITrader.ExecutionEngine",
            [.. Usual, .. Bench.Connections, ("Kite:Address", Mock.Client.BaseAddress!.ToString()), .. settings]
        );
        await QuoteAsync();
        await Bench.UntilAsync(
            async () =>
            {
                using var answer = await process.Client.GetAsync(new Uri("/ready", UriKind.Relative), Ct);
                return (await answer.Content.ReadAsStringAsync(Ct)).Contains("the books agree", Ordinal);
            },
            "the books to be compared"
        );
        await Bench.UntilAsync(async () => await SeenAsync() >= _seq, "the quote to be seen");
        return process;
    }

    public async Task UntilAgreedAsync()
    {
        await Bench.UntilAsync(() => Task.FromResult(State.Reading.IsAgreed), "the books to be compared");
        await Bench.UntilAsync(async () => await SeenAsync() >= _seq, "the quote to be seen");
    }

    public BrokerState State => _engine!.Services.GetRequiredService<BrokerState>();

    public async Task StopEngineAsync()
    {
        await Bench.StopAsync(_engine!);
        _engine = null;
    }

    public Task<string> QuoteAsync(decimal? bid = null, bool isTrade = false)
    {
        var price = bid ?? Bid;
        return Bench.Bus.PublishAsync(
            new Tick
            {
                Symbol = Symbol,
                Price = Price.Of(price),
                Volume = Quantity.Of(isTrade ? 1m : 0m),
                Timestamp = TimeProvider.System.GetUtcNow(),
                Kind = isTrade ? TickKind.Trade : TickKind.Quote,
                Bid = isTrade ? null : Price.Of(price),
                BidSize = isTrade ? null : Quantity.Of(1_000m),
                Ask = isTrade ? null : Price.Of(price + 0.05m),
                AskSize = isTrade ? null : Quantity.Of(1_000m),
                Source = "test",
                Seq = ++_seq,
                Run = string.Empty,
            },
            Ct
        );
    }

    public static Guid Id(int number) => DeterministicId.Create("broker-test", $"{number}");

    public static OrderMessage Message(
        int number,
        decimal? limit = null,
        Side side = Side.Buy,
        decimal quantity = 10m,
        string type = "LIMIT"
    ) =>
        new()
        {
            Id = Id(number),
            ClientOrderId = Id(number),
            Symbol = Symbol,
            Side = side,
            Quantity = quantity,
            Price = limit,
            Type = limit is null ? "MARKET" : type,
            TimeInForce = "DAY",
            Event = "NEW",
            Origin = "admin",
            Timestamp = TimeProvider.System.GetUtcNow(),
        };

    /// <summary>Sends an order and waits until it has a row.</summary>
    public async Task<Guid> SendAsync(OrderMessage message)
    {
        await Bench.Bus.PublishAsync(message, Ct);
        await Bench.UntilAsync(db => db.Orders.AnyAsync(row => row.Id == message.Id, Ct), $"order {message.Id}");
        return message.Id;
    }

    /// <summary>Trades at the broker past the engine, with the tag that an order of ours with this id would have.</summary>
    public async Task TradeElsewhereAsync(Guid id, decimal quantity)
    {
        var kite = new KiteClient(Mock.Client);
        var token = await kite.RequestTokenAsync(Mock.Client.BaseAddress!, "test_api_key", Ct);
        var caller = (await kite.CreateSessionAsync("test_api_key", token, "test_api_secret", Ct)).Credentials;
        using var sessions = new KiteSessions(_ => Task.FromResult(caller));
        var broker = new KiteBroker(new KiteOrderClient(Mock.Client), sessions, new KiteBrokerOptions(), TimeProvider.System);
        var request = new OrderRequest
        {
            Id = id,
            ClientOrderId = id,
            Symbol = Symbol,
            Side = Side.Buy,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.Day,
            Quantity = quantity,
            EventTime = TimeProvider.System.GetUtcNow(),
        };
        var before = await TradedAsync();
        await broker.PlaceAsync(request, Ct);
        await Bench.UntilAsync(async () => await TradedAsync() == before + quantity, "the trade");

        async Task<decimal> TradedAsync() => (await broker.GetExecutionsAsync(Ct)).Sum(static one => one.Quantity);
    }

    public Task CancelAsync(Guid order) =>
        Bench.Bus.PublishAsync(Message(0, Bid) with { Id = order, ClientOrderId = Guid.CreateVersion7(), Event = "CANCEL" }, Ct);

    public Task ModifyAsync(Guid order, decimal quantity, decimal limit) =>
        Bench.Bus.PublishAsync(
            Message(0, limit, quantity: quantity) with
            {
                Id = order,
                ClientOrderId = Guid.CreateVersion7(),
                Event = "MODIFY",
            },
            Ct
        );

    public async Task FaultAsync(string fault)
    {
        using var answer = await Mock.Client.PostAsync(new Uri($"/admin/{fault}", UriKind.Relative), null, Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{fault}: {answer.StatusCode}");
    }

    /// <summary>Waits for a status; an order that has ended in another one is not waited for.</summary>
    public Task UntilAsync(Guid order, string status) =>
        Bench.UntilAsync(
            async db =>
            {
                var row = await db.Orders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == order, Ct);
                Assert.False(
                    row is { Status: "DENIED" or "REJECTED" } && row.Status != status,
                    $"order {order} is not {status} but {row?.Status}: {row?.Reason}"
                );
                return row?.Status == status;
            },
            $"order {order} {status}"
        );

    public async Task<OrderRow> RowAsync(Guid order)
    {
        await using var db = Bench.NewContext();
        return await db.Orders.SingleAsync(row => row.Id == order, Ct);
    }

    public async Task<IReadOnlyList<string>> StepsAsync(Guid order)
    {
        await using var db = Bench.NewContext();
        return await db
            .OrderEvents.Where(row => row.OrderId == order)
            .OrderBy(static row => row.Id)
            .Select(static row => row.Status)
            .ToListAsync(Ct);
    }

    /// <summary>Every order and trade that the mock has, by its own books.</summary>
    public async Task<(IReadOnlyList<JsonElement> Orders, IReadOnlyList<JsonElement> Trades)> LedgerAsync()
    {
        using var answer = await Mock.Client.GetAsync(new Uri("/admin/ledger", UriKind.Relative), Ct);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        var data = document.RootElement.GetProperty("data");
        return (
            [.. data.GetProperty("orders").EnumerateArray().Select(static order => order.Clone())],
            [.. data.GetProperty("trades").EnumerateArray().Select(static trade => trade.Clone())]
        );
    }

    /// <summary>Nothing was sent twice, and each trade of the mock is one execution, to the cent.</summary>
    public async Task AssertBooksAsync()
    {
        var (orders, trades) = await LedgerAsync();
        Assert.All(orders.GroupBy(static order => Text(order, "tag")), static group => Assert.Single(group));
        await using var db = Bench.NewContext();
        var executions = await db.Executions.ToListAsync(Ct);
        Assert.Equal(
            trades.Select(static trade => (Number(trade, "quantity"), Number(trade, "average_price"))).Order(),
            executions.Select(static row => (row.Quantity, row.Price)).Order()
        );
        var account = await db.Accounts.SingleAsync(Ct);
        var paid = trades.Sum(static trade =>
            (Text(trade, "transaction_type") == "BUY" ? 1 : -1) * Number(trade, "quantity") * Number(trade, "average_price")
        );
        Assert.Equal(account.InitialCash - paid - executions.Sum(static row => row.Fee), account.Cash);
        Assert.Equal(account.Fees, executions.Sum(static row => row.Fee));
        Assert.All(executions, static row => Assert.Equal(row.Fee, decimal.Round(row.Fee, 2)));
        var held = trades.Sum(static trade => (Text(trade, "transaction_type") == "BUY" ? 1 : -1) * Number(trade, "quantity"));
        Assert.Equal(held, await db.Positions.Where(static row => row.Symbol == Symbol).SumAsync(static row => row.Quantity, Ct));
    }

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        await Mock.DisposeAsync();
    }

    public static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? string.Empty;

    public static decimal Number(JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetRawText().Trim('"'), CultureInfo.InvariantCulture);

    private async Task<long> SeenAsync() =>
        Accounts
            .MarketSnapshot.Read(await Bench.Tools.Services.GetRequiredService<IStreamState>().GetAsync(Accounts.MarketSnapshot.Key, Ct))
            ?.Seq
        ?? 0;
}
