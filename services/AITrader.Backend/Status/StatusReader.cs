using System.Globalization;
using AITrader.Backend.Api;
using AITrader.Backend.Data;
using AITrader.Backend.Replays;
using AITrader.Backend.Runs;
using AITrader.Contracts;
using AITrader.Contracts.Replays;
using AITrader.Domain.Ticks;
using AITrader.Messaging;
using AITrader.ServiceDefaults.Identity;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Status;

/// <summary>Puts the status together.</summary>
internal sealed class StatusReader : IDisposable
{
    // A standby asks every second or so.
    private static readonly TimeSpan StandbyAge = TimeSpan.FromSeconds(30);

    private readonly AccountStore _accounts;
    private readonly ShownRun _shown;
    private readonly DatabaseStatus _database;
    private readonly ServiceProbes _probes;
    private readonly ReplayReader _replays;
    private readonly IStreamAdmin _streams;
    private readonly IStreamTail _tail;
    private readonly ServiceInstance _instance;
    private readonly StatusOptions _options;
    private readonly TimeProvider _time;
    private readonly CachedValue<StatusResponse> _status;

    public StatusReader(
        AccountStore accounts,
        ShownRun shown,
        DatabaseStatus database,
        ServiceProbes probes,
        ReplayReader replays,
        IStreamAdmin streams,
        IStreamTail tail,
        ServiceInstance instance,
        IOptions<StatusOptions> options,
        TimeProvider time
    )
    {
        (_accounts, _shown, _database, _probes) = (accounts, shown, database, probes);
        (_replays, _streams, _tail) = (replays, streams, tail);
        (_instance, _options, _time) = (instance, options.Value, time);
        _status = new CachedValue<StatusResponse>(ReadAsync, time);
    }

    public Task<StatusResponse> GetAsync(CancellationToken ct) => _status.GetAsync(_options.ReadingAge, ct);

    /// <summary>The positions and the account of the run that is shown, marked at their last prices, both of one moment: a fill between two
    /// reads would be counted in
    /// one of them only.</summary>
    public async Task<(IReadOnlyList<PositionResponse> Positions, AccountStatus? Account)> ReadBooksAsync(CancellationToken ct)
    {
        var books = await _accounts.ReadBooksAsync(await _shown.PresentAsync(ct), ct);
        var positions = books.Positions.Select(PositionResponse.From).ToList();
        return (positions, books.Account is { } account ? Mark(account, positions) : null);
    }

    /// <summary>The latest replay.</summary>
    public async Task<ReplayReport?> ReadReplayAsync(CancellationToken ct)
    {
        Tick? newest = null;
        try
        {
            (newest, _) = await NewestAsync(Lane.Replays, ct);
        }
        catch (BusUnavailableException)
        {
            // The replay's row knows nearly as much.
        }

        return await _replays.ReadAsync(newest, ct);
    }

    public void Dispose() => _status.Dispose();

    // All at once, each within its deadline: the slowest decides how long the answer takes, and none can hold it up for long.
    private async Task<StatusResponse> ReadAsync(CancellationToken ct)
    {
        var parts = new PartReader(_options.PartTimeout, _time);
        var services = _probes.GetAsync(ct);
        var newest = parts.ReadAsync("redis, newest tick", token => NewestAsync(Lane.Live, token), ct);
        var streams = parts.ReadAsync("redis, streams", StreamsAsync, ct);
        var account = parts.ReadAsync("postgres, account", async token => (await ReadBooksAsync(token)).Account, ct);
        var counts = parts.ReadAsync("postgres, counts", CountAsync, ct);
        var leases = parts.ReadAsync("postgres, leases", LeasesAsync, ct);
        var replay = await parts.ReadAsync("replay", ReadReplayAsync, ct);
        var known = new StatusResponse(
            "ok",
            _time.GetUtcNow(),
            ModeOf(replay, await newest),
            _instance.Version,
            await services,
            replay,
            await counts,
            await account,
            await streams ?? [],
            await leases ?? [],
            []
        );
        return known with { Status = StateOf(known, parts.Troubles), Troubles = parts.Troubles };
    }

    private static string StateOf(StatusResponse status, IReadOnlyList<string> troubles) =>
        status.Account?.TradingState == TradingStates.Halted ? "halted"
        : troubles.Count > 0 || status.Services.Any(static service => service.Status == ServiceProbes.Unhealthy) ? "degraded"
        : "ok";

    private static AccountStatus Mark(AccountRow account, List<PositionResponse> positions)
    {
        var equity = account.Cash + positions.Sum(static position => position.MarketValue);
        return new AccountStatus(
            RunRow.NameOf(account.Run),
            account.Currency,
            account.InitialCash,
            account.Cash,
            equity,
            account.RealisedPnl,
            positions.Sum(static position => position.UnrealisedPnl),
            account.Fees,
            account.TradingState,
            account.HaltReason
        );
    }

    private string ModeOf(ReplayReport? replay, (Tick? Tick, DateTimeOffset At) newest)
    {
        if (replay is not null && ReplayReportStates.IsActive(replay.State))
        {
            return "replay";
        }

        return newest.Tick is not null && _time.GetUtcNow() - newest.At < _options.IdleAfter ? "live" : "idle";
    }

    private async Task<(Tick? Tick, DateTimeOffset At)> NewestAsync(Lane lane, CancellationToken ct) =>
        await _tail.LastAsync<Tick>(lane.Of(StreamNames.RawTicks), ct) is { } last ? (last.Message, TimeOf(last.Id)) : default;

    // An entry's id begins with the millisecond in which Redis took it.
    private static DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture)
        );

    private async Task<IReadOnlyList<StreamStatus>> StreamsAsync(CancellationToken ct)
    {
        var streams = await _streams.DescribeAsync(ct);
        return
        [
            .. streams.Select(static stream => new StreamStatus(
                stream.Name,
                stream.Length,
                [.. stream.Groups.Select(static group => new GroupStatus(group.Name, group.Pending, group.Lag))]
            )),
        ];
    }

    private async Task<IReadOnlyList<LeaseStatus>> LeasesAsync(CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        var rows = await _database.LeasesAsync(ct);
        return
        [
            .. rows.Select(row => new LeaseStatus(
                row.Name,
                row.Holder,
                row.Token,
                row.AcquiredAt,
                row.ExpiresAt > now,
                now - row.StandbyAt < StandbyAge ? row.Standby : null
            )),
        ];
    }

    private async Task<StatusCounts> CountAsync(CancellationToken ct)
    {
        var rows = await _database.CountAsync(ct);
        return new StatusCounts(rows.Ticks, rows.Signals, rows.Decisions, rows.Orders, rows.Executions, rows.Trades);
    }
}
