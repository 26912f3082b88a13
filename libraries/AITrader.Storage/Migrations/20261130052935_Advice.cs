using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Advice : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "advice_days",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    tokens = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_advice_days", x => x.day);
                    table.CheckConstraint("ck_advice_days_tokens", "tokens >= 0");
                });

            migrationBuilder.CreateTable(
                name: "sentiment_readings",
                columns: table => new
                {
                    symbol = table.Column<string>(type: "text", nullable: false),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    confidence = table.Column<double>(type: "double precision", nullable: false),
                    authenticity = table.Column<double>(type: "double precision", nullable: false),
                    sources = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sentiment_readings", x => new { x.symbol, x.timestamp });
                    table.CheckConstraint("ck_sentiment_readings_score", "score >= -1 AND score <= 1");
                    table.CheckConstraint("ck_sentiment_readings_weights", "confidence >= 0 AND confidence <= 1 AND authenticity >= 0 AND authenticity <= 1");
                });

            migrationBuilder.CreateIndex(
                name: "ix_sentiment_readings_position",
                table: "sentiment_readings",
                column: "position");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "advice_days");

            migrationBuilder.DropTable(
                name: "sentiment_readings");
        }
    }
}
