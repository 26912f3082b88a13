using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>Outbox, inbox, jobs, users and their sign-in codes, audit trail, switches.</summary>
internal static class PlatformModel
{
    public static void Configure(ModelBuilder model)
    {
        Messages(model);
        Users(model);
        model.Entity<JobRow>(static job =>
        {
            job.ToTable("jobs", static table => table.Must("status", Columns.OneOf("status", [.. JobStatuses.All])));
            job.Property(static row => row.Payload).IsJson();
            job.Property(static row => row.Result).HasColumnType("jsonb");
            job.HasIndex(static row => new { row.Status, row.CreatedAt });
            job.HasIndex(static row => row.Type);
        });
        model.Entity<AuditEventRow>(static change =>
        {
            change.ToTable("audit_events");
            change.Property(static row => row.Changes).IsJson();
            change.HasIndex(static row => row.Timestamp);
            change.HasIndex(static row => new { row.EntityType, row.EntityId });
        });
        model.Entity<FeatureFlagRow>(static flag =>
        {
            flag.ToTable("feature_flags");
            flag.HasKey(static row => row.Name);
        });
        model.Entity<LeaseRow>(static lease =>
        {
            lease.ToTable("leases");
            lease.HasKey(static row => row.Name);
        });
    }

    private static void Users(ModelBuilder model)
    {
        model.Entity<UserRow>(static user =>
        {
            user.ToTable("users", static table => table.Must("role", Columns.OneOf("role", "viewer", "trader", "admin")));
            user.Property(static row => row.Role).HasDefaultValue("trader");
            user.HasIndex(static row => row.Username).IsUnique();
        });
        model.Entity<SignInCodeRow>(static code =>
        {
            code.ToTable("sign_in_codes", static table => table.Must("hash", "octet_length(hash) = 32"));
            code.HasKey(static row => row.Hash);
            code.HasOne<UserRow>().WithMany().HasForeignKey(static row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            code.HasIndex(static row => row.ExpiresAt);
        });
    }

    private static void Messages(ModelBuilder model)
    {
        model.Entity<OutboxRow>(static message =>
        {
            message.ToTable("outbox");
            // The position is the key: EF Core inserts rows in the order of their keys, and with ids that would shuffle them.
            message.HasKey(static row => row.Position);
            message.Property(static row => row.Position).UseIdentityAlwaysColumn();
            message.HasIndex(static row => row.Id).IsUnique();
            // A default, so that the release before can still write rows.
            message.Property(static row => row.Attempts).HasDefaultValue(0);
            // json, not jsonb: fields keep the order that the bus writes and reads fastest.
            message.Property(static row => row.Payload).HasColumnType("json");
            // Only pending rows are queried; sent rows cost no index.
            message.HasIndex(static row => new { row.Source, row.Position }).HasFilter("sent_at IS NULL");
        });
        model.Entity<InboxRow>(static message =>
        {
            message.ToTable("inbox");
            message.HasKey(static row => new { row.MessageId, row.Consumer });
            message.HasIndex(static row => row.HandledAt);
        });
    }
}
