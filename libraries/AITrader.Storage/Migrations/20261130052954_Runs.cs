using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Runs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_positions",
                table: "positions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_accounts_single",
                table: "accounts");

            migrationBuilder.AddColumn<string>(
                name: "run_id",
                table: "trades",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "account_id",
                table: "positions",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "account_id",
                table: "executions",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<decimal>(
                name: "rate",
                table: "executions",
                type: "numeric",
                nullable: false,
                defaultValue: 1m);

            migrationBuilder.AlterColumn<int>(
                name: "id",
                table: "accounts",
                type: "integer",
                nullable: false,
                oldClrType: typeof(short),
                oldType: "smallint")
                .Annotation("Npgsql:IdentitySequenceOptions", "'2', '1', '', '', 'False', '1'")
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

            migrationBuilder.AddColumn<string>(
                name: "run",
                table: "accounts",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddPrimaryKey(
                name: "pk_positions",
                table: "positions",
                columns: new[] { "account_id", "symbol" });

            migrationBuilder.CreateTable(
                name: "equity",
                columns: table => new
                {
                    account_id = table.Column<int>(type: "integer", nullable: false),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    cash = table.Column<decimal>(type: "numeric", nullable: false),
                    equity = table.Column<decimal>(type: "numeric", nullable: false),
                    gross_exposure = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_equity", x => new { x.account_id, x.timestamp });
                    table.ForeignKey(
                        name: "fk_equity_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "runs",
                columns: table => new
                {
                    run = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    setup = table.Column<string>(type: "jsonb", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    statistics = table.Column<string>(type: "jsonb", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delete_asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_runs", x => x.run);
                    table.CheckConstraint("ck_runs_kind", "kind IN ('live', 'paper', 'replay', 'backtest')");
                    table.CheckConstraint("ck_runs_name", "run <> 'live'");
                    table.CheckConstraint("ck_runs_state", "state IN ('running', 'finished', 'stopped', 'failed')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_trades_run_id_trade_id",
                table: "trades",
                columns: new[] { "run_id", "trade_id" });

            migrationBuilder.CreateIndex(
                name: "ix_executions_account_id_trade_id",
                table: "executions",
                columns: new[] { "account_id", "trade_id" });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_run",
                table: "accounts",
                column: "run",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_accounts_live_is_first",
                table: "accounts",
                sql: "(run = '') = (id = 1)");

            migrationBuilder.CreateIndex(
                name: "ix_runs_started_at",
                table: "runs",
                column: "started_at");

            migrationBuilder.AddForeignKey(
                name: "fk_executions_account_id",
                table: "executions",
                column: "account_id",
                principalTable: "accounts",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_positions_account_id",
                table: "positions",
                column: "account_id",
                principalTable: "accounts",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            // What was booked before runs had accounts stays in the live one.
            migrationBuilder.Sql("""
                UPDATE trades SET run_id = e.run FROM executions e WHERE e.trade_id = trades.trade_id AND e.run <> '';
                INSERT INTO runs (run, kind, state, source, sha256, setup, note, started_at, finished_at)
                    SELECT run, 'replay', state, source, sha256, '{}', error, started_at, finished_at FROM replay_runs;
                INSERT INTO runs (run, kind, state, source, sha256, setup, started_at)
                    SELECT '', 'paper', 'running', '', '', '{}', updated_at FROM accounts;
                """);

            // A service may delete a whole run that has ended, and not a row of any other.
            migrationBuilder.Sql("""
                CREATE FUNCTION delete_run(gone text) RETURNS void
                LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
                $$
                DECLARE
                    booked integer;
                    closed integer[];
                BEGIN
                    IF gone = '' OR NOT EXISTS (SELECT FROM runs WHERE run = gone AND state <> 'running') THEN
                        RAISE EXCEPTION 'run % is live, has not ended or is not there', quote_literal(gone);
                    END IF;
                    SELECT id INTO booked FROM accounts WHERE run = gone FOR UPDATE;
                    IF EXISTS (SELECT FROM executions WHERE run = gone AND account_id IS DISTINCT FROM booked) THEN
                        RAISE EXCEPTION 'run % is booked in another account', quote_literal(gone);
                    END IF;
                    WITH executed AS (DELETE FROM executions WHERE account_id = booked RETURNING trade_id)
                        SELECT array_agg(trade_id) INTO closed FROM executed;
                    DELETE FROM trades WHERE trade_id = ANY (closed) OR (run_id = gone AND run_id <> '');
                    DELETE FROM order_events WHERE order_id IN (SELECT id FROM orders WHERE run = gone);
                    DELETE FROM orders WHERE run = gone;
                    DELETE FROM decisions WHERE run = gone;
                    DELETE FROM signals WHERE run = gone;
                    DELETE FROM positions WHERE account_id = booked;
                    DELETE FROM equity WHERE account_id = booked;
                    DELETE FROM bars WHERE run = gone;
                    DELETE FROM ticks WHERE run = gone;
                    DELETE FROM accounts WHERE id = booked;
                    DELETE FROM runs WHERE run = gone;
                END
                $$;
                REVOKE ALL ON FUNCTION delete_run(text) FROM PUBLIC;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION delete_run(text);");

            migrationBuilder.DropForeignKey(
                name: "fk_executions_account_id",
                table: "executions");

            migrationBuilder.DropForeignKey(
                name: "fk_positions_account_id",
                table: "positions");

            migrationBuilder.DropTable(
                name: "equity");

            migrationBuilder.DropTable(
                name: "runs");

            migrationBuilder.DropIndex(
                name: "ix_trades_run_id_trade_id",
                table: "trades");

            migrationBuilder.DropPrimaryKey(
                name: "pk_positions",
                table: "positions");

            migrationBuilder.DropIndex(
                name: "ix_executions_account_id_trade_id",
                table: "executions");

            migrationBuilder.DropIndex(
                name: "ix_accounts_run",
                table: "accounts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_accounts_live_is_first",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "run_id",
                table: "trades");

            migrationBuilder.DropColumn(
                name: "account_id",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "account_id",
                table: "executions");

            migrationBuilder.DropColumn(
                name: "rate",
                table: "executions");

            migrationBuilder.DropColumn(
                name: "run",
                table: "accounts");

            migrationBuilder.AlterColumn<short>(
                name: "id",
                table: "accounts",
                type: "smallint",
                nullable: false,
                oldClrType: typeof(int),
                oldType: "integer")
                .OldAnnotation("Npgsql:IdentitySequenceOptions", "'2', '1', '', '', 'False', '1'")
                .OldAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

            migrationBuilder.AddPrimaryKey(
                name: "pk_positions",
                table: "positions",
                column: "symbol");

            migrationBuilder.AddCheckConstraint(
                name: "ck_accounts_single",
                table: "accounts",
                sql: "id = 1");
        }
    }
}
