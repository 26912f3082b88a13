using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class BrokerOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "broker_orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    broker = table.Column<string>(type: "text", nullable: false),
                    tag = table.Column<string>(type: "text", nullable: false),
                    broker_order_id = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    symbol = table.Column<string>(type: "text", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    qty = table.Column<decimal>(type: "numeric", nullable: false),
                    price = table.Column<decimal>(type: "numeric", nullable: true),
                    trigger_price = table.Column<decimal>(type: "numeric", nullable: true),
                    filled_qty = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    ending = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    unknown_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    intended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_broker_orders", x => x.id);
                    table.CheckConstraint("ck_broker_orders_filled_qty", "filled_qty >= 0");
                    table.CheckConstraint("ck_broker_orders_qty", "qty > 0");
                    table.CheckConstraint("ck_broker_orders_side", "side IN ('BUY', 'SELL')");
                    table.CheckConstraint("ck_broker_orders_state", "state IN ('INTENDED', 'UNKNOWN', 'WORKING', 'DONE')");
                    table.CheckConstraint("ck_broker_orders_unknown_since", "(state = 'UNKNOWN') = (unknown_since IS NOT NULL)");
                    table.ForeignKey(
                        name: "fk_broker_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_broker_orders_broker_state",
                table: "broker_orders",
                columns: new[] { "broker", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_broker_orders_broker_tag",
                table: "broker_orders",
                columns: new[] { "broker", "tag" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_broker_orders_order_id_part",
                table: "broker_orders",
                columns: new[] { "order_id", "part" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "broker_orders");
        }
    }
}
