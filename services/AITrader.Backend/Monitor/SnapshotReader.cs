using System.Text;
using AITrader.Backend.Api;
using AITrader.Backend.Runs;
using AITrader.Backend.Status;
using AITrader.Storage.Queries;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

/// <summary>Reads what a client sees first.</summary>
internal sealed class SnapshotReader(
    SignalQueries signals,
    OrderQueries orders,
    TradeQueries trades,
    PositionQueries positions,
    StatusReader status,
    ShownRun runs,
    MonitorJson json,
    IOptions<MonitorOptions> options
)
{
    public async Task<MonitorMessage> ReadAsync(CancellationToken ct)
    {
        var length = options.Value.SnapshotLength;
        var run = await runs.PresentAsync(ct);
        var snapshot = new MonitorSnapshot(
            await status.GetAsync(ct),
            [.. (await signals.ListAsync(run, symbol: null, before: null, length, ct)).Select(SignalResponse.From)],
            [.. (await orders.ListAsync(run, symbol: null, status: null, before: null, length, ct)).Select(OrderResponse.From)],
            [.. (await trades.ListAsync(run, symbol: null, before: null, length, ct)).Select(TradeResponse.From)],
            [.. (await positions.ListAsync(run, ct)).Select(PositionResponse.From)]
        );
        return new MonitorMessage(Encoding.UTF8.GetBytes(json.Write("snapshot", snapshot)), Key: null);
    }
}
