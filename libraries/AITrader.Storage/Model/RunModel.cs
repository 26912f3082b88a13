using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>Runs and what they were worth.</summary>
internal static class RunModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<RunRow>(static run =>
        {
            run.ToTable("runs", static table =>
                table
                    .Must("kind", Columns.OneOf("kind", RunKinds.Live, RunKinds.Paper, RunKinds.Replay, RunKinds.Backtest))
                    .Must(
                        "state",
                        Columns.OneOf("state", ReplayStates.Running, ReplayStates.Finished, ReplayStates.Stopped, ReplayStates.Failed)
                    )
                    .Must("name", $"run <> '{RunRow.LiveName}'")
            );
            run.HasKey(static row => row.Run);
            run.Property(static row => row.Setup).IsJson();
            run.Property(static row => row.Statistics).IsJson();
            run.HasIndex(static row => row.StartedAt);
        });
        model.Entity<EquityRow>(static equity =>
        {
            equity.ToTable("equity");
            equity.HasKey(static row => new { row.AccountId, row.Timestamp });
            equity.Property(static row => row.Cash).IsExact();
            equity.Property(static row => row.Equity).IsExact();
            equity.Property(static row => row.GrossExposure).IsExact();
            equity.HasOne<AccountRow>().WithMany().HasForeignKey(static row => row.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
