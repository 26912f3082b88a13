using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using AITrader.MockMcp.Broker;
using AITrader.MockMcp.Orders;
using AITrader.MockMcp.Sessions;
using AITrader.MockMcp.Shapes;
using Microsoft.Extensions.Options;

namespace AITrader.MockMcp.Postbacks;

/// <summary>Posts what became of orders to the app's own address: fills, ends and changes, as Kite does, once and without asking whether
/// they came.</summary>
internal sealed partial class PostbackSender(
    OrderFeed feed,
    IHttpClientFactory clients,
    IOptions<BrokerOptions> broker,
    IOptions<KiteOptions> app,
    ILogger<PostbackSender> log
) : BackgroundService
{
    private readonly Channel<BrokerOrder> _orders = feed.Listen();

    /// <summary>Proof that a postback is Kite's: hex SHA-256 of order id, order time and secret.</summary>
    public static string Checksum(string orderId, string orderTimestamp, string apiSecret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(orderId + orderTimestamp + apiSecret)));

    public override void Dispose()
    {
        feed.Leave(_orders);
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (broker.Value.PostbackUrl.Length == 0)
        {
            feed.Leave(_orders);
            return;
        }

        await foreach (var order in _orders.Reader.ReadAllAsync(stoppingToken))
        {
            if (order.IsFinal || order.Filled > 0 || order.Status == OrderStatus.Modified)
            {
                await SendAsync(order, stoppingToken);
            }
        }
    }

    private async Task SendAsync(BrokerOrder order, CancellationToken ct)
    {
        var body = OrderShape.Update(order, string.Empty);
        body["checksum"] = Checksum(order.Id, (string)body["order_timestamp"]!, app.Value.ApiSecret);
        try
        {
            using var http = clients.CreateClient(nameof(PostbackSender));
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(broker.Value.PostbackUrl), content, ct);
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            LogLost(log, order.Id, lost.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The postback of order {OrderId} did not arrive: {Reason}")]
    private static partial void LogLost(ILogger logger, string orderId, string reason);
}
