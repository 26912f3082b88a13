using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Adjustments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "adjustments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    symbol = table.Column<string>(type: "text", nullable: false),
                    ex_date = table.Column<DateOnly>(type: "date", nullable: false),
                    new_units = table.Column<int>(type: "integer", nullable: true),
                    old_units = table.Column<int>(type: "integer", nullable: true),
                    cash_price = table.Column<decimal>(type: "numeric", nullable: true),
                    per_unit = table.Column<decimal>(type: "numeric", nullable: true),
                    withheld = table.Column<decimal>(type: "numeric", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    number = table.Column<int>(type: "integer", nullable: true),
                    after_trade = table.Column<int>(type: "integer", nullable: true),
                    after_step = table.Column<long>(type: "bigint", nullable: true),
                    after_seq = table.Column<long>(type: "bigint", nullable: true),
                    lot_size = table.Column<decimal>(type: "numeric", nullable: false),
                    rate = table.Column<decimal>(type: "numeric", nullable: false),
                    quantity_before = table.Column<decimal>(type: "numeric", nullable: false),
                    quantity_after = table.Column<decimal>(type: "numeric", nullable: false),
                    amount = table.Column<decimal>(type: "numeric", nullable: false),
                    realised = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_adjustments", x => x.id);
                    table.CheckConstraint("ck_adjustments_booked", "(state = 'BOOKED') = (number IS NOT NULL AND after_trade IS NOT NULL)");
                    table.CheckConstraint("ck_adjustments_kind", "kind IN ('split', 'dividend')");
                    table.CheckConstraint("ck_adjustments_state", "state IN ('REQUESTED', 'BOOKED', 'REFUSED')");
                    table.CheckConstraint("ck_adjustments_terms", "(kind = 'split') = (coalesce(new_units, 0) > 0 AND coalesce(old_units, 0) > 0)\nAND (kind = 'dividend') = (coalesce(per_unit, 0) > 0)");
                    table.CheckConstraint("ck_adjustments_withheld", "withheld >= 0 AND withheld <= 1");
                    table.ForeignKey(
                        name: "fk_adjustments_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_adjustments_account_id_number",
                table: "adjustments",
                columns: new[] { "account_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_adjustments_state",
                table: "adjustments",
                column: "state");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "adjustments");
        }
    }
}
