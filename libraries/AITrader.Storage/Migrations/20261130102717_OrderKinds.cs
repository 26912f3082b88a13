using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class OrderKinds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Reports of the execution engine were of the kind of orders, and would now be held for orders that nobody took.
            migrationBuilder.Sql(
                "UPDATE outbox SET kind = 'OrderReport' WHERE kind = 'OrderMessage' AND payload ->> 'event' NOT IN ('NEW', 'MODIFY', 'CANCEL');"
                    + "UPDATE outbox SET kind = 'OrderChange' WHERE kind = 'OrderMessage' AND payload ->> 'event' = 'MODIFY';"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("UPDATE outbox SET kind = 'OrderMessage' WHERE kind IN ('OrderReport', 'OrderChange');");
        }
    }
}
