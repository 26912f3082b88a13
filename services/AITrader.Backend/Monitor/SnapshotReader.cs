using System.Text;
using AITrader.Backend.Api;
using AITrader.Backend.Status;
using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

/// <summary>Reads what a client sees first.</summary>
internal sealed class SnapshotReader(
    IDbContextFactory<AITraderDbContext> contexts,
    StatusReader status,
    MonitorJson json,
    IOptions<MonitorOptions> options
)
{
    public async Task<MonitorMessage> ReadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var length = options.Value.SnapshotLength;
        var snapshot = new MonitorSnapshot(
            await status.GetAsync(ct),
            (await SignalEndpoints.ReadAsync(db, db.Signals.AsNoTracking(), length, ct)).Items,
            (await OrderEndpoints.ReadAsync(db.Orders.AsNoTracking(), length, ct)).Items,
            (await TradeEndpoints.ReadAsync(db.Trades.AsNoTracking(), length, ct)).Items,
            await PositionEndpoints.ReadAsync(db, ct)
        );
        return new MonitorMessage(Encoding.UTF8.GetBytes(json.Write("snapshot", snapshot)), Key: null);
    }
}
