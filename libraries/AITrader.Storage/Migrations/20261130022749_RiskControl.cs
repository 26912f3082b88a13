using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class RiskControl : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "loss_base",
                table: "accounts",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "kill_switches",
                columns: table => new
                {
                    strategy = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kill_switches", x => x.strategy);
                });

            migrationBuilder.CreateTable(
                name: "risk_limits",
                columns: table => new
                {
                    scope = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    limits = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_by = table.Column<Guid>(type: "uuid", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_limits", x => new { x.scope, x.name });
                    table.CheckConstraint("ck_risk_limits_name", "(scope = 'account') = (name = '')");
                    table.CheckConstraint("ck_risk_limits_scope", "scope IN ('account', 'strategy', 'symbol')");
                });

            migrationBuilder.CreateTable(
                name: "risk_proposals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    limits = table.Column<string>(type: "jsonb", nullable: false),
                    base_version = table.Column<int>(type: "integer", nullable: false),
                    raised = table.Column<string>(type: "text", nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_proposals", x => x.id);
                    table.CheckConstraint("ck_risk_proposals_scope", "scope IN ('account', 'strategy', 'symbol')");
                });

            migrationBuilder.CreateIndex(
                name: "ix_risk_proposals_expires_at",
                table: "risk_proposals",
                column: "expires_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "kill_switches");

            migrationBuilder.DropTable(
                name: "risk_limits");

            migrationBuilder.DropTable(
                name: "risk_proposals");

            migrationBuilder.DropColumn(
                name: "loss_base",
                table: "accounts");
        }
    }
}
