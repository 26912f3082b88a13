using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ReplayControl : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_replay_runs_state",
                table: "replay_runs");

            migrationBuilder.AddColumn<string>(
                name: "control",
                table: "replay_runs",
                type: "text",
                nullable: false,
                defaultValue: "run");

            migrationBuilder.AddColumn<long>(
                name: "first_seq",
                table: "replay_runs",
                type: "bigint",
                nullable: false,
                defaultValue: 1L);

            migrationBuilder.AddColumn<bool>(
                name: "loop",
                table: "replay_runs",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "round",
                table: "replay_runs",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "speed",
                table: "replay_runs",
                type: "text",
                nullable: false,
                defaultValue: "1");

            migrationBuilder.AddCheckConstraint(
                name: "ck_replay_runs_control",
                table: "replay_runs",
                sql: "control IN ('run', 'pause', 'stop')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_replay_runs_state",
                table: "replay_runs",
                sql: "state IN ('running', 'finished', 'stopped', 'failed')");

            // Blocks are summarised while a day fills, not only when somebody vacuums it: a block that is not summarised is read by every
            // query of its day. Ranges of 256 KiB, as queries walk along the day in small steps.
            migrationBuilder.Sql(
                """
                DROP INDEX ix_ticks_timestamp;
                CREATE INDEX ix_ticks_timestamp ON ticks USING brin (timestamp) WITH (pages_per_range = 32, autosummarize = on);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX ix_ticks_timestamp; CREATE INDEX ix_ticks_timestamp ON ticks USING brin (timestamp);");

            migrationBuilder.DropCheckConstraint(
                name: "ck_replay_runs_control",
                table: "replay_runs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_replay_runs_state",
                table: "replay_runs");

            migrationBuilder.DropColumn(
                name: "control",
                table: "replay_runs");

            migrationBuilder.DropColumn(
                name: "first_seq",
                table: "replay_runs");

            migrationBuilder.DropColumn(
                name: "loop",
                table: "replay_runs");

            migrationBuilder.DropColumn(
                name: "round",
                table: "replay_runs");

            migrationBuilder.DropColumn(
                name: "speed",
                table: "replay_runs");

            migrationBuilder.AddCheckConstraint(
                name: "ck_replay_runs_state",
                table: "replay_runs",
                sql: "state IN ('running', 'finished', 'failed')");
        }
    }
}
