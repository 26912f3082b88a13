using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>Ticks, bars and replays.</summary>
internal static class MarketModel
{
    public static void Configure(ModelBuilder model)
    {
        Ticks(model);
        Replays(model);
        Bars(model);
        model.Entity<TickPartitionRow>(static partition =>
        {
            partition.ToTable("tick_partitions");
            partition.HasKey(static row => row.Day);
        });
        model.Entity<StreamPositionRow>(static position =>
        {
            position.ToTable("stream_positions");
            position.HasKey(static row => new { row.Stream, row.Scope });
        });
    }

    private static void Replays(ModelBuilder model) =>
        model.Entity<ReplayRunRow>(static run =>
        {
            run.ToTable("replay_runs", static table =>
                table
                    .Must(
                        "state",
                        Columns.OneOf("state", ReplayStates.Running, ReplayStates.Finished, ReplayStates.Stopped, ReplayStates.Failed)
                    )
                    .Must("control", Columns.OneOf("control", ReplayControls.Run, ReplayControls.Pause, ReplayControls.Stop))
            );
            run.HasKey(static row => row.Run);
            // Defaults, so that the release before can still write rows.
            run.Property(static row => row.Control).HasDefaultValue(ReplayControls.Run);
            run.Property(static row => row.Speed).HasDefaultValue("1");
            run.Property(static row => row.Round).HasDefaultValue(1);
            run.Property(static row => row.FirstSeq).HasDefaultValue(1L);
            run.HasIndex(static row => new { row.Sha256, row.Attempt }).IsUnique();
            run.HasIndex(static row => row.StartedAt);
        });

    private static void Bars(ModelBuilder model) =>
        model.Entity<BarRow>(static bar =>
        {
            bar.ToTable("bars", static table => table.Must("range", "high >= low AND seconds > 0"));
            bar.HasKey(static row => new
            {
                row.Symbol,
                row.Seconds,
                row.Timestamp,
                row.Run,
            });
            bar.Property(static row => row.Open).IsExact();
            bar.Property(static row => row.High).IsExact();
            bar.Property(static row => row.Low).IsExact();
            bar.Property(static row => row.Close).IsExact();
            bar.Property(static row => row.Volume).IsExact();
        });

    // EF Core knows no partitions: the first migration makes the table by SQL, a test compares its columns with these.
    private static void Ticks(ModelBuilder model) =>
        model.Entity<TickRow>(static tick =>
        {
            tick.ToTable("ticks", static table => table.ExcludeFromMigrations());
            tick.HasNoKey();
            tick.Property(static row => row.Kind).HasColumnType("character(1)");
            tick.Property(static row => row.Price).IsExact();
            tick.Property(static row => row.Volume).IsExact();
            tick.Property(static row => row.Bid).IsExact();
            tick.Property(static row => row.BidSize).IsExact();
            tick.Property(static row => row.Ask).IsExact();
            tick.Property(static row => row.AskSize).IsExact();
        });
}
