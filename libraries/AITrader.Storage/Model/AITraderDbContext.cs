using AITrader.Storage.Rows;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>The database <c>aitrader</c>.</summary>
/// <remarks>Retries transient failures, so transactions go through <see cref="TransactionExtensions"/>.</remarks>
public sealed class AITraderDbContext(DbContextOptions<AITraderDbContext> options) : DbContext(options)
{
    /// <summary>Connection name.</summary>
    public const string ConnectionName = "aitrader";

    /// <summary>Signals.</summary>
    public DbSet<SignalRow> Signals => Set<SignalRow>();

    /// <summary>Decisions.</summary>
    public DbSet<DecisionRow> Decisions => Set<DecisionRow>();

    /// <summary>Orders.</summary>
    public DbSet<OrderRow> Orders => Set<OrderRow>();

    /// <summary>States that orders entered.</summary>
    public DbSet<OrderEventRow> OrderEvents => Set<OrderEventRow>();

    /// <summary>Executions.</summary>
    public DbSet<ExecutionRow> Executions => Set<ExecutionRow>();

    /// <summary>Booked fills.</summary>
    public DbSet<TradeRow> Trades => Set<TradeRow>();

    /// <summary>Positions.</summary>
    public DbSet<PositionRow> Positions => Set<PositionRow>();

    /// <summary>Runs.</summary>
    public DbSet<RunRow> Runs => Set<RunRow>();

    /// <summary>What accounts were worth.</summary>
    public DbSet<EquityRow> Equity => Set<EquityRow>();

    /// <summary>The accounts of the runs.</summary>
    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    /// <summary>Messages to be published.</summary>
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    /// <summary>Messages that were handled.</summary>
    public DbSet<InboxRow> Inbox => Set<InboxRow>();

    /// <summary>Ticks, for queries.</summary>
    public DbSet<TickRow> Ticks => Set<TickRow>();

    /// <summary>Days that have a tick partition.</summary>
    public DbSet<TickPartitionRow> TickPartitions => Set<TickPartitionRow>();

    /// <summary>How far streams are stored.</summary>
    public DbSet<StreamPositionRow> StreamPositions => Set<StreamPositionRow>();

    /// <summary>Replays.</summary>
    public DbSet<ReplayRunRow> ReplayRuns => Set<ReplayRunRow>();

    /// <summary>Background jobs.</summary>
    public DbSet<JobRow> Jobs => Set<JobRow>();

    /// <summary>Users.</summary>
    public DbSet<UserRow> Users => Set<UserRow>();

    /// <summary>Sign-in codes that were not used yet.</summary>
    public DbSet<SignInCodeRow> SignInCodes => Set<SignInCodeRow>();

    /// <summary>Audit trail.</summary>
    public DbSet<AuditEventRow> AuditEvents => Set<AuditEventRow>();

    /// <summary>Switches.</summary>
    public DbSet<FeatureFlagRow> FeatureFlags => Set<FeatureFlagRow>();

    /// <summary>Who may do what only one may do.</summary>
    public DbSet<LeaseRow> Leases => Set<LeaseRow>();

    /// <summary>Limits of account, strategies and symbols.</summary>
    public DbSet<RiskLimitRow> RiskLimits => Set<RiskLimitRow>();

    /// <summary>Raised limits that wait for their confirmation.</summary>
    public DbSet<RiskProposalRow> RiskProposals => Set<RiskProposalRow>();

    /// <summary>What is switched off.</summary>
    public DbSet<KillSwitchRow> KillSwitches => Set<KillSwitchRow>();

    /// <summary>Orders, and parts of orders, at a broker.</summary>
    public DbSet<BrokerOrderRow> BrokerOrders => Set<BrokerOrderRow>();

    /// <summary>Splits and dividends.</summary>
    public DbSet<AdjustmentRow> Adjustments => Set<AdjustmentRow>();

    /// <summary>Backtests.</summary>
    public DbSet<BacktestRow> Backtests => Set<BacktestRow>();

    /// <summary>Bars.</summary>
    public DbSet<BarRow> Bars => Set<BarRow>();

    /// <summary>Models.</summary>
    public DbSet<ModelRow> Models => Set<ModelRow>();

    /// <summary>Versions of models.</summary>
    public DbSet<ModelVersionRow> ModelVersions => Set<ModelVersionRow>();

    /// <summary>Texts for retrieval.</summary>
    public DbSet<DocumentRow> Documents => Set<DocumentRow>();

    /// <summary>Scored items behind sentiment readings.</summary>
    public DbSet<SentimentItemRow> SentimentItems => Set<SentimentItemRow>();

    /// <summary>Sentiment readings.</summary>
    public DbSet<SentimentReadingRow> SentimentReadings => Set<SentimentReadingRow>();

    /// <summary>Tokens of advice by day.</summary>
    public DbSet<AdviceDayRow> AdviceDays => Set<AdviceDayRow>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        TradingModel.Configure(modelBuilder);
        MarketModel.Configure(modelBuilder);
        PlatformModel.Configure(modelBuilder);
        RiskModel.Configure(modelBuilder);
        BrokerModel.Configure(modelBuilder);
        AdjustmentModel.Configure(modelBuilder);
        ResearchModel.Configure(modelBuilder);
        AdviceModel.Configure(modelBuilder);
        SnakeCase.Apply(modelBuilder);
    }
}
