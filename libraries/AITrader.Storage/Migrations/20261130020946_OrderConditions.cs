using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class OrderConditions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_limit_has_price",
                table: "orders");

            migrationBuilder.AddColumn<string>(
                name: "change",
                table: "orders",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "conditions",
                table: "orders",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "held",
                table: "orders",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "reduced_qty",
                table: "orders",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<decimal>(
                name: "reference_price",
                table: "orders",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "request_id",
                table: "order_events",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_limit_has_price",
                table: "orders",
                sql: "type NOT IN ('LIMIT', 'STOP_LIMIT', 'ICEBERG') OR price IS NOT NULL OR status = 'DENIED'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_reduced_qty",
                table: "orders",
                sql: "reduced_qty >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_order_events_request_id",
                table: "order_events",
                column: "request_id",
                filter: "request_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_limit_has_price",
                table: "orders");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_reduced_qty",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_order_events_request_id",
                table: "order_events");

            migrationBuilder.DropColumn(
                name: "change",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "conditions",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "held",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "reduced_qty",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "reference_price",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "request_id",
                table: "order_events");

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_limit_has_price",
                table: "orders",
                sql: "type <> 'LIMIT' OR price IS NOT NULL OR status = 'DENIED'");
        }
    }
}
