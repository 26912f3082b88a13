using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class SentimentItems : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "content_hash",
                table: "sentiment_items",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "external_id",
                table: "sentiment_items",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "facts",
                table: "sentiment_items",
                type: "jsonb",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "model",
                table: "sentiment_items",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "read_at",
                table: "sentiment_items",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reasons",
                table: "sentiment_items",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "received_at",
                table: "sentiment_items",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "relevance",
                table: "sentiment_items",
                type: "double precision",
                nullable: false,
                defaultValue: 1.0);

            migrationBuilder.CreateIndex(
                name: "ix_sentiment_items_received_at",
                table: "sentiment_items",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_sentiment_items_symbol_source_content_hash",
                table: "sentiment_items",
                columns: new[] { "symbol", "source", "content_hash" },
                unique: true,
                filter: "content_hash <> ''");

            migrationBuilder.AddCheckConstraint(
                name: "ck_sentiment_items_relevance",
                table: "sentiment_items",
                sql: "relevance >= 0 AND relevance <= 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sentiment_items_received_at",
                table: "sentiment_items");

            migrationBuilder.DropIndex(
                name: "ix_sentiment_items_symbol_source_content_hash",
                table: "sentiment_items");

            migrationBuilder.DropCheckConstraint(
                name: "ck_sentiment_items_relevance",
                table: "sentiment_items");

            migrationBuilder.DropColumn(
                name: "content_hash",
                table: "sentiment_items");

            migrationBuilder.DropColumn(
                name: "external_id",
                table: "sentiment_items");

            migrationBuilder.DropColumn(
                name: "facts",
                table: "sentiment_items");

            migrationBuilder.DropColumn(
                name: "model",
                table: "sentiment_items");

            migrationBuilder.DropColumn(
                name: "read_at",
                table: "sentiment_items");

            migrationBuilder.DropColumn(
                name: "reasons",
                table: "sentiment_items");

            migrationBuilder.DropColumn(
                name: "received_at",
                table: "sentiment_items");

            migrationBuilder.DropColumn(
                name: "relevance",
                table: "sentiment_items");
        }
    }
}
