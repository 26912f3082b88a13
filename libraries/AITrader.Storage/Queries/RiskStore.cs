using AITrader.Storage.Model;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AITrader.Storage.Queries;

/// <summary>New limits of a scope.</summary>
/// <param name="Scope">One of <see cref="RiskScopes"/>.</param>
/// <param name="Name">Strategy or symbol; empty for the account.</param>
/// <param name="Limits">Numbers by name, as a JSON object.</param>
/// <param name="BaseVersion">Version that they replace; 0 where there is none.</param>
/// <param name="User">Who wants them; null where unknown.</param>
public sealed record NewLimits(string Scope, string Name, string Limits, int BaseVersion, Guid? User);

/// <summary>Changes limits and kill switches, each with its audit event in the same transaction.</summary>
public sealed class RiskStore(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Limits of a scope; null where it has none.</summary>
    public async Task<RiskLimitRow?> FindAsync(string scope, string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.RiskLimits.AsNoTracking().SingleOrDefaultAsync(row => row.Scope == scope && row.Name == name, ct);
    }

    /// <summary>Proposals that can still be confirmed, newest first.</summary>
    public async Task<IReadOnlyList<RiskProposalRow>> ProposalsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        return await db
            .RiskProposals.AsNoTracking()
            .Where(row => row.ConfirmedAt == null && row.ExpiresAt > now)
            .OrderByDescending(static row => row.CreatedAt)
            .ToListAsync(ct);
    }

    /// <summary>A proposal; null where there is none.</summary>
    public async Task<RiskProposalRow?> FindProposalAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.RiskProposals.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
    }

    /// <summary>Sets limits; null where another change came first.</summary>
    /// <param name="limits">The new limits.</param>
    /// <param name="proposal">The proposal that is confirmed by it; null where none was needed.</param>
    /// <param name="ct">Ends the attempt.</param>
    public async Task<RiskLimitRow?> SetAsync(NewLimits limits, Guid? proposal, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(limits);
        await using var db = await contexts.CreateDbContextAsync(ct);
        try
        {
            return await db.InTransactionAsync(token => SetAsync(db, limits, proposal, token), ct);
        }
        catch (DbUpdateException other)
            when (other is DbUpdateConcurrencyException
                || other.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
            )
        {
            return null;
        }
    }

    /// <summary>Keeps a proposal that raises limits.</summary>
    public async Task ProposeAsync(RiskProposalRow proposal, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.InTransactionAsync(
            async token =>
            {
                var now = time.GetUtcNow();
                await db.RiskProposals.Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(token);
                db.RiskProposals.Add(proposal);
                var changes = new
                {
                    proposal = proposal.Id,
                    limits = proposal.Limits,
                    proposal.Raised,
                };
                audit.Add(db, new AuditEntry("risk.limits.proposed", proposal.ProposedBy, proposal.Scope, proposal.Name, changes));
            },
            ct
        );
    }

    /// <summary>Switches a strategy, or with an empty name the account, off.</summary>
    public async Task<KillSwitchRow> KillAsync(string strategy, string reason, Guid? user, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var row = await db.KillSwitches.SingleOrDefaultAsync(found => found.Strategy == strategy, token);
                if (row is null)
                {
                    row = new KillSwitchRow
                    {
                        Strategy = strategy,
                        Reason = reason,
                        At = time.GetUtcNow(),
                    };
                    db.KillSwitches.Add(row);
                }

                (row.Reason, row.By, row.At) = (reason, user, time.GetUtcNow());
                audit.Add(db, new AuditEntry("risk.killed", user, "strategy", strategy, new { reason }));
                return row;
            },
            ct
        );
    }

    /// <summary>Switches a strategy, or with an empty name the account, on again; false where it was not off.</summary>
    public async Task<bool> ReviveAsync(string strategy, Guid? user, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var row = await db.KillSwitches.SingleOrDefaultAsync(found => found.Strategy == strategy, token);
                if (row is null)
                {
                    return false;
                }

                db.KillSwitches.Remove(row);
                audit.Add(db, new AuditEntry("risk.revived", user, "strategy", strategy, new { killed_at = row.At, row.Reason }));
                return true;
            },
            ct
        );
    }

    private async Task<RiskLimitRow?> SetAsync(AITraderDbContext db, NewLimits limits, Guid? proposal, CancellationToken ct)
    {
        var row = await db.RiskLimits.SingleOrDefaultAsync(found => found.Scope == limits.Scope && found.Name == limits.Name, ct);
        if ((row?.Version ?? 0) != limits.BaseVersion)
        {
            return null;
        }

        if (proposal is { } id)
        {
            var confirmed = await db.RiskProposals.SingleAsync(found => found.Id == id, ct);
            confirmed.ConfirmedAt = time.GetUtcNow();
        }

        var before = row?.Limits;
        if (row is null)
        {
            row = new RiskLimitRow
            {
                Scope = limits.Scope,
                Name = limits.Name,
                Limits = limits.Limits,
                Version = 0,
                UpdatedAt = time.GetUtcNow(),
            };
            db.RiskLimits.Add(row);
        }

        (row.Limits, row.Version, row.UpdatedBy, row.UpdatedAt) = (limits.Limits, limits.BaseVersion + 1, limits.User, time.GetUtcNow());
        var changes = new
        {
            from = before,
            to = limits.Limits,
            proposal,
        };
        audit.Add(db, new AuditEntry("risk.limits.changed", limits.User, limits.Scope, limits.Name, changes));
        return row;
    }
}
