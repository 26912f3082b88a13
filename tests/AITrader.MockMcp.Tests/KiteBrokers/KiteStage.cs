using System.Globalization;
using AITrader.Domain.Brokers;
using AITrader.TestSupport;
using AITrader.TestSupport.Brokers;
using AITrader.Venues.Kite;
using AITrader.Venues.Kite.Orders;
using AITrader.Venues.Kite.Rest;

namespace AITrader.MockMcp.Tests.KiteBrokers;

/// <summary>Our broker client before a mock that is a process of its own.</summary>
internal sealed class KiteStage : BrokerStage
{
    private readonly ServiceProcess _process;
    private readonly KiteSessions _sessions;
    private readonly KiteClient _kite;

    private KiteStage(ServiceProcess process, TimeSpan answerLimit)
    {
        _process = process;
        _kite = new KiteClient(process.Client);
        _sessions = new KiteSessions(SignInAsync);
        Broker = new KiteBroker(
            new KiteOrderClient(process.Client),
            _sessions,
            new KiteBrokerOptions { AnswerLimit = answerLimit },
            TimeProvider.System
        );
    }

    public override IBroker Broker { get; }

    public override string Symbol => "NSE:INFY";

    /// <summary>How often it signed in.</summary>
    public int SignIns { get; private set; }

    public ServiceProcess Process => _process;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<KiteStage> StartAsync(TimeSpan? answerLimit = null, params (string, string)[] settings) =>
        new(
            await ServiceProcess.StartAsync(
                "AITrader.MockMcp",
                [("Market:TicksPerSecond", "0"), ("Kite:LimitRates", "false"), .. settings]
            ),
            answerLimit ?? TimeSpan.FromSeconds(20)
        );

    public Task FaultAsync(string fault) => PostAsync($"/admin/{fault}");

    public override async Task<decimal> WaitingPriceAsync()
    {
        var quotes = await _kite.GetQuotesAsync(await _sessions.GetAsync(Ct), [Symbol], Ct);
        return quotes[Symbol].Depth!.Buy[0].Price - 20;
    }

    public override Task LoseNextAnswerAsync() => FaultAsync("orders/lose-answer?mode=504");

    public override Task LoseNextOrderAsync() => FaultAsync("orders/lose-answer?mode=unsent");

    public override Task RejectNextOrderAsync(string reason) => FaultAsync($"orders/reject?message={Uri.EscapeDataString(reason)}");

    public override Task FailNextQuestionAsync() => FaultAsync("rest/refuse?status=503&count=1");

    public override async ValueTask DisposeAsync()
    {
        _sessions.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<KiteCredentials> SignInAsync(CancellationToken ct)
    {
        SignIns++;
        var token = await _kite.RequestTokenAsync(_process.Client.BaseAddress!, "test_api_key", ct);
        return (await _kite.CreateSessionAsync("test_api_key", token, "test_api_secret", ct)).Credentials;
    }

    private async Task PostAsync(string path)
    {
        using var answer = await _process.Client.PostAsync(new Uri(path, UriKind.Relative), null, Ct);
        Assert.True(answer.IsSuccessStatusCode, string.Create(CultureInfo.InvariantCulture, $"{path}: {answer.StatusCode}"));
    }
}
