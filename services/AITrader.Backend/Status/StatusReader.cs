using System.Globalization;
using System.Reflection;
using AITrader.Backend.Api;
using AITrader.Backend.Replays;
using AITrader.Contracts.Messages;
using AITrader.Contracts.Replays;
using AITrader.Messaging;
using AITrader.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Status;

/// <summary>Puts the status together.</summary>
internal sealed class StatusReader : IDisposable
{
    private static readonly string Version =
        typeof(StatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private readonly IDbContextFactory<AITraderDbContext> _contexts;
    private readonly ServiceProbes _probes;
    private readonly ReplayReader _replays;
    private readonly IStreamAdmin _streams;
    private readonly IStreamTail _tail;
    private readonly StatusOptions _options;
    private readonly TimeProvider _time;
    private readonly Remembered<StatusResponse> _status;

    public StatusReader(
        IDbContextFactory<AITraderDbContext> contexts, ServiceProbes probes, ReplayReader replays, IStreamAdmin streams, IStreamTail tail,
        IOptions<StatusOptions> options, TimeProvider time)
    {
        (_contexts, _probes, _replays, _streams, _tail, _options, _time) = (contexts, probes, replays, streams, tail, options.Value, time);
        _status = new Remembered<StatusResponse>(ReadAsync, time);
    }

    public Task<StatusResponse> GetAsync(CancellationToken ct) => _status.GetAsync(_options.ReadingAge, ct);

    /// <summary>The positions and the account marked at their last prices, both of one moment: a fill between two reads would be counted in one of them only.</summary>
    public static Task<(List<PositionResponse> Positions, AccountStatus? Account)> ReadBooksAsync(AITraderDbContext db, CancellationToken ct) => db.InSnapshotAsync(
        async token =>
        {
            var positions = await PositionEndpoints.ReadAsync(db, token);
            return (positions, await db.Accounts.AsNoTracking().SingleOrDefaultAsync(token) is { } account ? Mark(account, positions) : null);
        },
        ct);

    /// <summary>The latest replay.</summary>
    public async Task<ReplayReport?> ReadReplayAsync(AITraderDbContext db, CancellationToken ct) =>
        await _replays.ReadAsync(db, (await NewestAsync(ct)).Tick, ct);

    public void Dispose() => _status.Dispose();

    private async Task<StatusResponse> ReadAsync(CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var services = await _probes.GetAsync(ct);
        var newest = await NewestAsync(ct);
        var replay = await _replays.ReadAsync(db, newest.Tick, ct);
        var (_, account) = await ReadBooksAsync(db, ct);
        var streams = await StreamsAsync(ct);
        var isDegraded = streams is null || services.Any(static service => service.Status == ServiceProbes.Unhealthy);
        return new StatusResponse(
            account?.TradingState == TradingStates.Halted ? "halted" : isDegraded ? "degraded" : "ok",
            _time.GetUtcNow(), ModeOf(replay, newest), Version, services, replay, await CountAsync(db, ct), account, streams ?? []);
    }

    private static AccountStatus Mark(AccountRow account, List<PositionResponse> positions)
    {
        var equity = account.Cash + positions.Sum(static position => position.MarketValue);
        return new AccountStatus(
            account.Currency, account.InitialCash, account.Cash, equity, account.RealisedPnl, positions.Sum(static position => position.UnrealisedPnl),
            account.Fees, account.TradingState, account.HaltReason);
    }

    private string ModeOf(ReplayReport? replay, (Tick? Tick, DateTimeOffset At) newest)
    {
        if (replay is not null && ReplayWords.IsActive(replay.State))
        {
            return "replay";
        }

        return newest.Tick is { Run.Length: 0 } && _time.GetUtcNow() - newest.At < _options.IdleAfter ? "live" : "idle";
    }

    private async Task<(Tick? Tick, DateTimeOffset At)> NewestAsync(CancellationToken ct)
    {
        try
        {
            return await _tail.LastAsync<Tick>(ct) is { } last ? (last.Message, TimeOf(last.Id)) : default;
        }
        catch (BusUnavailableException)
        {
            return default;
        }
    }

    // An entry's id begins with the millisecond in which Redis took it.
    private static DateTimeOffset TimeOf(string id) => DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture));

    private async Task<IReadOnlyList<StreamStatus>?> StreamsAsync(CancellationToken ct)
    {
        try
        {
            var streams = await _streams.DescribeAsync(ct);
            return [.. streams.Select(static stream => new StreamStatus(
                stream.Name, stream.Length, [.. stream.Groups.Select(static group => new GroupStatus(group.Name, group.Pending, group.Lag))]))];
        }
        catch (BusUnavailableException)
        {
            return null;
        }
    }

    private static async Task<StatusCounts> CountAsync(AITraderDbContext db, CancellationToken ct) => new(
        await db.TickPartitions.SumAsync(static row => row.Rows, ct),
        await db.Signals.LongCountAsync(ct),
        await db.Decisions.LongCountAsync(ct),
        await db.Orders.LongCountAsync(ct),
        await db.Executions.LongCountAsync(ct),
        await db.Trades.LongCountAsync(ct));
}
