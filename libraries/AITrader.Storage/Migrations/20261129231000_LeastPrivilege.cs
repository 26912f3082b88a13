using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class LeastPrivilege : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "sign_in_codes",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_codes", x => x.hash);
                    table.CheckConstraint("ck_sign_in_codes_hash", "octet_length(hash) = 32");
                    table.ForeignKey(
                        name: "fk_sign_in_codes_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_codes_expires_at",
                table: "sign_in_codes",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_codes_user_id",
                table: "sign_in_codes",
                column: "user_id");

            // Services may not create or drop tables. Both functions run with the rights of the schema's owner, with a search path that no caller
            // can change, and take nothing but a day.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION make_tick_partition(day date) RETURNS void
                LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
                $$
                DECLARE
                    partition_name text := 'ticks_' || to_char(day, 'YYYYMMDD');
                BEGIN
                    -- Attaching a filled-in table locks the parent less than CREATE TABLE ... PARTITION OF: readers and writers go on.
                    EXECUTE format('CREATE TABLE public.%I (LIKE public.ticks INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition_name);
                    EXECUTE format(
                        'ALTER TABLE public.ticks ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                        partition_name, to_char(day, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(day + 1, 'YYYY-MM-DD') || ' 00:00:00+00');
                END
                $$;
                REVOKE ALL ON FUNCTION make_tick_partition(date) FROM PUBLIC;

                CREATE FUNCTION drop_tick_partition(day date) RETURNS void
                LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
                $$
                BEGIN
                    EXECUTE format('DROP TABLE IF EXISTS public.%I', 'ticks_' || to_char(day, 'YYYYMMDD'));
                END
                $$;
                REVOKE ALL ON FUNCTION drop_tick_partition(date) FROM PUBLIC;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION drop_tick_partition(date); DROP FUNCTION make_tick_partition(date);");

            migrationBuilder.DropTable(
                name: "sign_in_codes");
        }
    }
}
