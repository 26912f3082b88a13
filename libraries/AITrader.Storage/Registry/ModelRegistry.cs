using AITrader.Storage.Model;
using AITrader.Storage.Queries;
using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Registry;

/// <summary>The tables of models and their versions: what the repository on disk has, and what was asked to be trained.</summary>
public sealed class ModelRegistry(IDbContextFactory<AITraderDbContext> contexts, AuditTrail audit, TimeProvider time)
{
    /// <summary>Takes over what the repository has. A change of the version that answers leaves an audit event.</summary>
    /// <param name="models">Models with their versions.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Versions that were new or changed.</returns>
    public async Task<int> RecordAsync(
        IReadOnlyList<(ModelRow Model, IReadOnlyList<ModelVersionRow> Versions)> models,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(models);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                await AdvisoryLocks.LockForTransactionAsync(db, "models", token);
                var changed = 0;
                foreach (var (model, versions) in models)
                {
                    await RecordAsync(db, model, token);
                    changed += await RecordAsync(db, model.Name, versions, token);
                }

                return changed;
            },
            ct
        );
    }

    /// <summary>All models, by name, each with its versions from the oldest.</summary>
    public async Task<IReadOnlyList<(ModelRow Model, IReadOnlyList<ModelVersionRow> Versions)>> ListAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var models = await db.Models.AsNoTracking().OrderBy(static row => row.Name).ToListAsync(ct);
        var versions = (await db.ModelVersions.AsNoTracking().OrderBy(static row => row.Version).ToListAsync(ct)).ToLookup(static row =>
            row.Model
        );
        return [.. models.Select(model => (model, (IReadOnlyList<ModelVersionRow>)[.. versions[model.Name]]))];
    }

    /// <summary>One version; null where there is none.</summary>
    public async Task<ModelVersionRow?> FindAsync(string model, int version, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ModelVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Model == model && row.Version == version, ct);
    }

    /// <summary>Asks for a training, with an audit event; a request that is known by its id stays as it is.</summary>
    public Task<JobRow> AskTrainingAsync(Guid id, TrainingRequest request, Guid? user, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var entry = new AuditEntry("model.training_asked", user, "model", request.Model, request);
        return AskAsync(id, TrainingRequest.JobType, request.ToJson(), entry, ct);
    }

    /// <summary>Asks for a promotion, with an audit event; a request that is known by its id stays as it is.</summary>
    public Task<JobRow> AskPromotionAsync(Guid id, PromotionRequest request, Guid? user, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var entry = new AuditEntry("model.promotion_asked", user, "model", request.Model, request);
        return AskAsync(id, PromotionRequest.JobType, request.ToJson(), entry, ct);
    }

    private async Task<JobRow> AskAsync(Guid id, string type, string payload, AuditEntry entry, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.InTransactionAsync(
            async token =>
            {
                await AdvisoryLocks.LockForTransactionAsync(db, "models", token);
                if (await db.Jobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token) is { } known)
                {
                    return known;
                }

                var job = new JobRow
                {
                    Id = id,
                    Type = type,
                    Payload = payload,
                    CreatedAt = time.GetUtcNow(),
                };
                db.Jobs.Add(job);
                audit.Add(db, entry);
                return job;
            },
            ct
        );
    }

    private static async Task RecordAsync(AITraderDbContext db, ModelRow model, CancellationToken ct)
    {
        if (await db.Models.SingleOrDefaultAsync(row => row.Name == model.Name, ct) is { } known)
        {
            (known.Task, known.Description) = (model.Task, model.Description);
        }
        else
        {
            db.Models.Add(model);
        }
    }

    private async Task<int> RecordAsync(AITraderDbContext db, string model, IReadOnlyList<ModelVersionRow> versions, CancellationToken ct)
    {
        var known = await db.ModelVersions.Where(row => row.Model == model).ToDictionaryAsync(static row => row.Version, ct);
        var before = known.Values.SingleOrDefault(static row => row.State == ModelStates.Active)?.Version;
        var changed = 0;
        foreach (var version in versions)
        {
            if (!known.Remove(version.Version, out var there))
            {
                db.ModelVersions.Add(version);
                changed++;
            }
            else if ((there.Sha256, there.State) != (version.Sha256, version.State))
            {
                db.Entry(there).CurrentValues.SetValues(version);
                changed++;
            }
        }

        // What is gone from the disk stays on record: decisions name it.
        foreach (var gone in known.Values.Where(static row => row.State != ModelStates.Retired))
        {
            gone.State = ModelStates.Retired;
            changed++;
        }

        var now = versions.SingleOrDefault(static row => row.State == ModelStates.Active)?.Version;
        if (now != before)
        {
            audit.Add(db, new AuditEntry("model.answering_changed", null, "model", model, new { from = before, to = now }));
        }

        return changed;
    }
}

/// <summary>States of a version.</summary>
public static class ModelStates
{
    /// <summary>There, but not the one that answers.</summary>
    public const string Candidate = "candidate";

    /// <summary>The one that answers where none is asked for.</summary>
    public const string Active = "active";

    /// <summary>Gone from the repository.</summary>
    public const string Retired = "retired";
}
