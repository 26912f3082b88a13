using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class JobCancellation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_jobs_status",
                table: "jobs");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "cancel_asked_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_jobs_status",
                table: "jobs",
                sql: "status IN ('queued', 'running', 'completed', 'failed', 'cancelled')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_jobs_status",
                table: "jobs");

            // The version before knows no other end that is not a success.
            migrationBuilder.Sql("UPDATE jobs SET status = 'failed', error = 'cancelled' WHERE status = 'cancelled'");

            migrationBuilder.DropColumn(
                name: "cancel_asked_at",
                table: "jobs");

            migrationBuilder.AddCheckConstraint(
                name: "ck_jobs_status",
                table: "jobs",
                sql: "status IN ('queued', 'running', 'completed', 'failed')");
        }
    }
}
