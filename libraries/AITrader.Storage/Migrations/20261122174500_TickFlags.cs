using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class TickFlags : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Both are known without looking at a row, so no partition is rewritten, and the release before can still write rows.
            migrationBuilder.Sql("ALTER TABLE ticks ADD COLUMN flags smallint NOT NULL DEFAULT 0, ADD COLUMN received timestamp with time zone;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE ticks DROP COLUMN received, DROP COLUMN flags;");
        }
    }
}
