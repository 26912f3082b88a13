using System.Collections.Concurrent;
using System.Security.Claims;
using AITrader.Backend.Auth;
using AITrader.Backend.Identity;
using AITrader.ServiceDefaults.Supervision;
using Microsoft.Extensions.Options;

namespace AITrader.Backend.Monitor;

/// <summary>Ends the sessions of connected users who were removed or given another role: a request is looked at when it comes, a connection
/// came long ago.</summary>
internal sealed class MonitorSessions(Supervisor supervisor, KnownUsers users, IOptions<AuthOptions> options, TimeProvider time)
    : SupervisedService(supervisor)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Watched, bool> _sessions = new();

    /// <summary>Cancels the session when its user is gone, until the result is disposed of.</summary>
    public IDisposable Watch(ClaimsPrincipal user, CancellationTokenSource session)
    {
        var watched = new Watched(this, user.UserId!.Value, user.FindFirstValue(SessionTokens.RoleClaim)!, session);
        _sessions[watched] = true;
        return watched;
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        var pause = options.Value.UserCheckInterval > ShortestPause ? options.Value.UserCheckInterval : ShortestPause;
        using var timer = new PeriodicTimer(pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (session, _) in _sessions)
            {
                await session.CheckAsync(users, stoppingToken);
            }

            ReportProgress();
        }
    }

    private sealed class Watched(MonitorSessions all, Guid user, string role, CancellationTokenSource session) : IDisposable
    {
        private readonly Lock _gate = new();
        private bool _isOver;

        public async Task CheckAsync(KnownUsers users, CancellationToken ct)
        {
            if (await users.IsAsync(user, role, ct))
            {
                return;
            }

            // Begun under the lock, because a session that is over is disposed of.
            Task ending;
            lock (_gate)
            {
                ending = _isOver ? Task.CompletedTask : session.CancelAsync();
            }

            await ending;
        }

        public void Dispose()
        {
            all._sessions.TryRemove(this, out _);
            lock (_gate)
            {
                _isOver = true;
            }
        }
    }
}
