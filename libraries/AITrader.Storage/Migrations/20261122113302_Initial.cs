using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

#nullable disable

namespace AITrader.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    initial_cash = table.Column<decimal>(type: "numeric", nullable: false),
                    cash = table.Column<decimal>(type: "numeric", nullable: false),
                    realised_pnl = table.Column<decimal>(type: "numeric", nullable: false),
                    fees = table.Column<decimal>(type: "numeric", nullable: false),
                    trading_state = table.Column<string>(type: "text", nullable: false),
                    halt_reason = table.Column<string>(type: "text", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.id);
                    table.CheckConstraint("ck_accounts_initial_cash", "initial_cash >= 0");
                    table.CheckConstraint("ck_accounts_single", "id = 1");
                    table.CheckConstraint("ck_accounts_trading_state", "trading_state IN ('ACTIVE', 'REDUCING', 'HALTED')");
                });

            migrationBuilder.CreateTable(
                name: "audit_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_type = table.Column<string>(type: "text", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    entity_type = table.Column<string>(type: "text", nullable: false),
                    entity_id = table.Column<string>(type: "text", nullable: false),
                    changes = table.Column<string>(type: "jsonb", nullable: false),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bars",
                columns: table => new
                {
                    symbol = table.Column<string>(type: "text", nullable: false),
                    seconds = table.Column<int>(type: "integer", nullable: false),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    run = table.Column<string>(type: "text", nullable: false),
                    open = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    high = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    low = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    close = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    volume = table.Column<decimal>(type: "numeric", nullable: false),
                    trades = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bars", x => new { x.symbol, x.seconds, x.timestamp, x.run });
                    table.CheckConstraint("ck_bars_range", "high >= low AND seconds > 0");
                });

            migrationBuilder.CreateTable(
                name: "documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    symbol = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    search_vector = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false)
                        .Annotation("Npgsql:TsVectorConfig", "english")
                        .Annotation("Npgsql:TsVectorProperties", new[] { "title", "body" })
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_documents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "feature_flags",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feature_flags", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                columns: table => new
                {
                    message_id = table.Column<string>(type: "text", nullable: false),
                    consumer = table.Column<string>(type: "text", nullable: false),
                    handled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.message_id, x.consumer });
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    result = table.Column<string>(type: "jsonb", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.id);
                    table.CheckConstraint("ck_jobs_status", "status IN ('queued', 'running', 'completed', 'failed')");
                });

            migrationBuilder.CreateTable(
                name: "models",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    task = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_models", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    decision_id = table.Column<Guid>(type: "uuid", nullable: true),
                    symbol = table.Column<string>(type: "text", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    tif = table.Column<string>(type: "text", nullable: false),
                    qty = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    price = table.Column<decimal>(type: "numeric(18,8)", nullable: true),
                    filled_qty = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    average_price = table.Column<decimal>(type: "numeric", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    run = table.Column<string>(type: "text", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    last_seq = table.Column<long>(type: "bigint", nullable: false),
                    event_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders", x => x.id);
                    table.CheckConstraint("ck_orders_filled_qty", "filled_qty >= 0");
                    table.CheckConstraint("ck_orders_limit_has_price", "type <> 'LIMIT' OR price IS NOT NULL OR status = 'DENIED'");
                    table.CheckConstraint("ck_orders_price", "price > 0 OR price IS NULL OR status = 'DENIED'");
                    table.CheckConstraint("ck_orders_qty", "qty > 0 OR status = 'DENIED'");
                    table.CheckConstraint("ck_orders_side", "side IN ('BUY', 'SELL')");
                    table.CheckConstraint("ck_orders_status", "status IN ('INITIALIZED', 'DENIED', 'SUBMITTED', 'ACCEPTED', 'TRIGGERED', 'REJECTED', 'UNKNOWN', 'PENDING_UPDATE', 'PENDING_CANCEL', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED')");
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    source = table.Column<string>(type: "text", nullable: false),
                    stream = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "json", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "positions",
                columns: table => new
                {
                    symbol = table.Column<string>(type: "text", nullable: false),
                    qty = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    average_price = table.Column<decimal>(type: "numeric", nullable: false),
                    realised_pnl = table.Column<decimal>(type: "numeric", nullable: false),
                    fees = table.Column<decimal>(type: "numeric", nullable: false),
                    last_price = table.Column<decimal>(type: "numeric(18,8)", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_positions", x => x.symbol);
                    table.CheckConstraint("ck_positions_average_price", "average_price >= 0");
                });

            migrationBuilder.CreateTable(
                name: "replay_runs",
                columns: table => new
                {
                    run = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    ticks = table.Column<long>(type: "bigint", nullable: true),
                    published = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_replay_runs", x => x.run);
                    table.CheckConstraint("ck_replay_runs_state", "state IN ('running', 'finished', 'failed')");
                });

            migrationBuilder.CreateTable(
                name: "sentiment_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    confidence = table.Column<double>(type: "double precision", nullable: false),
                    authenticity = table.Column<double>(type: "double precision", nullable: false),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sentiment_items", x => x.id);
                    table.CheckConstraint("ck_sentiment_items_score", "score >= -1 AND score <= 1");
                    table.CheckConstraint("ck_sentiment_items_weights", "confidence >= 0 AND confidence <= 1 AND authenticity >= 0 AND authenticity <= 1");
                });

            migrationBuilder.CreateTable(
                name: "signals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "text", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    pattern = table.Column<string>(type: "text", nullable: false),
                    direction = table.Column<string>(type: "text", nullable: false),
                    price = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    tick_id = table.Column<string>(type: "text", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    run = table.Column<string>(type: "text", nullable: false),
                    features = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signals", x => x.id);
                    table.CheckConstraint("ck_signals_direction", "direction IN ('BULLISH', 'BEARISH')");
                    table.CheckConstraint("ck_signals_score", "score >= 0 AND score <= 1");
                });

            migrationBuilder.CreateTable(
                name: "stream_positions",
                columns: table => new
                {
                    stream = table.Column<string>(type: "text", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    last_id = table.Column<string>(type: "text", nullable: false),
                    last_seq = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stream_positions", x => new { x.stream, x.scope });
                });

            migrationBuilder.CreateTable(
                name: "tick_partitions",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_write_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rows = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tick_partitions", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "trades",
                columns: table => new
                {
                    trade_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.SerialColumn),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    symbol = table.Column<string>(type: "text", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    qty = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    price = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    fees = table.Column<decimal>(type: "numeric", nullable: false),
                    pnl = table.Column<decimal>(type: "numeric", nullable: false),
                    strategy_tag = table.Column<string>(type: "text", nullable: true),
                    notes = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trades", x => x.trade_id);
                    table.CheckConstraint("ck_trades_price", "price > 0");
                    table.CheckConstraint("ck_trades_qty", "qty > 0");
                    table.CheckConstraint("ck_trades_side", "side IN ('BUY', 'SELL')");
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    username = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false, defaultValue: "trader"),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                    table.CheckConstraint("ck_users_role", "role IN ('viewer', 'trader', 'admin')");
                });

            migrationBuilder.CreateTable(
                name: "backtests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    metrics = table.Column<string>(type: "jsonb", nullable: false),
                    timeseries_path = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backtests", x => x.id);
                    table.ForeignKey(
                        name: "fk_backtests_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "model_versions",
                columns: table => new
                {
                    model = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    metrics = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_versions", x => new { x.model, x.version });
                    table.CheckConstraint("ck_model_versions_state", "state IN ('candidate', 'active', 'retired')");
                    table.CheckConstraint("ck_model_versions_version", "version > 0");
                    table.ForeignKey(
                        name: "fk_model_versions_model",
                        column: x => x.model,
                        principalTable: "models",
                        principalColumn: "name",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "order_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    qty = table.Column<decimal>(type: "numeric(18,8)", nullable: true),
                    price = table.Column<decimal>(type: "numeric(18,8)", nullable: true),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_events", x => x.id);
                    table.CheckConstraint("ck_order_events_status", "status IN ('INITIALIZED', 'DENIED', 'SUBMITTED', 'ACCEPTED', 'TRIGGERED', 'REJECTED', 'UNKNOWN', 'PENDING_UPDATE', 'PENDING_CANCEL', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED')");
                    table.ForeignKey(
                        name: "fk_order_events_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "decisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    signal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    factors = table.Column<string>(type: "jsonb", nullable: false),
                    provenance = table.Column<string>(type: "jsonb", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: true),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    run = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                    table.CheckConstraint("ck_decisions_action", "action IN ('BUY', 'SELL', 'HOLD')");
                    table.CheckConstraint("ck_decisions_hold_has_no_order", "action <> 'HOLD' OR order_id IS NULL");
                    table.ForeignKey(
                        name: "fk_decisions_signal_id",
                        column: x => x.signal_id,
                        principalTable: "signals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "executions",
                columns: table => new
                {
                    exec_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    symbol = table.Column<string>(type: "text", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    qty = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    price = table.Column<decimal>(type: "numeric(18,8)", nullable: false),
                    fee = table.Column<decimal>(type: "numeric", nullable: false),
                    liquidity = table.Column<string>(type: "text", nullable: false),
                    timestamp = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    run = table.Column<string>(type: "text", nullable: false),
                    trade_id = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_executions", x => x.exec_id);
                    table.CheckConstraint("ck_executions_liquidity", "liquidity IN ('maker', 'taker')");
                    table.CheckConstraint("ck_executions_price", "price > 0");
                    table.CheckConstraint("ck_executions_qty", "qty > 0");
                    table.CheckConstraint("ck_executions_side", "side IN ('BUY', 'SELL')");
                    table.ForeignKey(
                        name: "fk_executions_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_executions_trade_id",
                        column: x => x.trade_id,
                        principalTable: "trades",
                        principalColumn: "trade_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_entity_type_entity_id",
                table: "audit_events",
                columns: new[] { "entity_type", "entity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_timestamp",
                table: "audit_events",
                column: "timestamp");

            migrationBuilder.CreateIndex(
                name: "ix_backtests_created_at",
                table: "backtests",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_backtests_job_id",
                table: "backtests",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_signal_id",
                table: "decisions",
                column: "signal_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_decisions_symbol_timestamp",
                table: "decisions",
                columns: new[] { "symbol", "timestamp" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_timestamp",
                table: "decisions",
                column: "timestamp");

            migrationBuilder.CreateIndex(
                name: "ix_documents_search_vector",
                table: "documents",
                column: "search_vector")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_documents_symbol_published_at",
                table: "documents",
                columns: new[] { "symbol", "published_at" });

            migrationBuilder.CreateIndex(
                name: "ix_executions_order_id",
                table: "executions",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_executions_run_seq",
                table: "executions",
                columns: new[] { "run", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_executions_timestamp",
                table: "executions",
                column: "timestamp");

            migrationBuilder.CreateIndex(
                name: "ix_executions_trade_id",
                table: "executions",
                column: "trade_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_handled_at",
                table: "inbox",
                column: "handled_at");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_status_created_at",
                table: "jobs",
                columns: new[] { "status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_type",
                table: "jobs",
                column: "type");

            migrationBuilder.CreateIndex(
                name: "ix_order_events_order_id_id",
                table: "order_events",
                columns: new[] { "order_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_client_order_id",
                table: "orders",
                column: "client_order_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_created_at_id",
                table: "orders",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_decision_id",
                table: "orders",
                column: "decision_id");

            migrationBuilder.CreateIndex(
                name: "ix_orders_status",
                table: "orders",
                column: "status");

            migrationBuilder.CreateIndex(
                name: "ix_orders_symbol_created_at",
                table: "orders",
                columns: new[] { "symbol", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_id",
                table: "outbox",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_source_position",
                table: "outbox",
                columns: new[] { "source", "position" },
                filter: "sent_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_replay_runs_sha256_attempt",
                table: "replay_runs",
                columns: new[] { "sha256", "attempt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_replay_runs_started_at",
                table: "replay_runs",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_sentiment_items_symbol_timestamp",
                table: "sentiment_items",
                columns: new[] { "symbol", "timestamp" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_run_seq",
                table: "signals",
                columns: new[] { "run", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_symbol_timestamp",
                table: "signals",
                columns: new[] { "symbol", "timestamp" });

            migrationBuilder.CreateIndex(
                name: "ix_signals_timestamp_id",
                table: "signals",
                columns: new[] { "timestamp", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_trades_symbol_timestamp",
                table: "trades",
                columns: new[] { "symbol", "timestamp" });

            migrationBuilder.CreateIndex(
                name: "ix_trades_timestamp",
                table: "trades",
                column: "timestamp");

            migrationBuilder.CreateIndex(
                name: "ix_users_username",
                table: "users",
                column: "username",
                unique: true);

            // EF Core knows no partitions. Days are attached by the tick store; there is no default partition, so that
            // a tick is refused rather than hidden where retention would not find it.
            migrationBuilder.Sql(
                """
                CREATE TABLE ticks (
                    symbol text NOT NULL,
                    timestamp timestamp with time zone NOT NULL,
                    kind character(1) NOT NULL,
                    price numeric NOT NULL,
                    volume numeric NOT NULL,
                    bid numeric,
                    bid_size numeric,
                    ask numeric,
                    ask_size numeric,
                    source text NOT NULL,
                    run text NOT NULL,
                    seq bigint NOT NULL,
                    CONSTRAINT ck_ticks_kind CHECK (kind IN ('T', 'Q'))
                ) PARTITION BY RANGE (timestamp);
                CREATE INDEX ix_ticks_timestamp ON ticks USING brin (timestamp);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE ticks;");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "audit_events");

            migrationBuilder.DropTable(
                name: "backtests");

            migrationBuilder.DropTable(
                name: "bars");

            migrationBuilder.DropTable(
                name: "decisions");

            migrationBuilder.DropTable(
                name: "documents");

            migrationBuilder.DropTable(
                name: "executions");

            migrationBuilder.DropTable(
                name: "feature_flags");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "model_versions");

            migrationBuilder.DropTable(
                name: "order_events");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "positions");

            migrationBuilder.DropTable(
                name: "replay_runs");

            migrationBuilder.DropTable(
                name: "sentiment_items");

            migrationBuilder.DropTable(
                name: "stream_positions");

            migrationBuilder.DropTable(
                name: "tick_partitions");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "signals");

            migrationBuilder.DropTable(
                name: "trades");

            migrationBuilder.DropTable(
                name: "models");

            migrationBuilder.DropTable(
                name: "orders");
        }
    }
}
