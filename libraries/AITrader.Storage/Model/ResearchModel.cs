using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>Models, backtests and texts.</summary>
internal static class ResearchModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<BacktestRow>(static backtest =>
        {
            backtest.ToTable("backtests");
            backtest.Property(static row => row.Metrics).IsJson();
            backtest.HasIndex(static row => row.JobId);
            backtest.HasIndex(static row => row.CreatedAt);
            backtest.HasOne<JobRow>().WithMany().HasForeignKey(static row => row.JobId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ModelRow>(static entry =>
        {
            entry.ToTable("models");
            entry.HasKey(static row => row.Name);
        });
        model.Entity<ModelVersionRow>(static version =>
        {
            version.ToTable("model_versions", static table =>
                table.Must("version", "version > 0").Must("state", Columns.OneOf("state", "candidate", "active", "retired"))
            );
            version.HasKey(static row => new { row.Model, row.Version });
            version.Property(static row => row.Metrics).IsJson();
            version.Property(static row => row.Card).IsJson().HasDefaultValue("{}");
            version.Property(static row => row.DataVersion).HasDefaultValue(string.Empty);
            version.Property(static row => row.Code).HasDefaultValue(string.Empty);
            version.HasOne<ModelRow>().WithMany().HasForeignKey(static row => row.Model).OnDelete(DeleteBehavior.Restrict);
        });
        Texts(model);
    }

    private static void Texts(ModelBuilder model)
    {
        model.Entity<DocumentRow>(static document =>
        {
            document.ToTable("documents");
            document.HasGeneratedTsVectorColumn(static row => row.SearchVector, "english", static row => new { row.Title, row.Body });
            document.HasIndex(static row => row.SearchVector).HasMethod("gin");
            document.HasIndex(static row => new { row.Symbol, row.PublishedAt });
        });
        model.Entity<SentimentItemRow>(static item =>
        {
            item.ToTable("sentiment_items", static table =>
                table
                    .Must("score", "score >= -1 AND score <= 1")
                    .Must("weights", "confidence >= 0 AND confidence <= 1 AND authenticity >= 0 AND authenticity <= 1")
                    .Must("relevance", "relevance >= 0 AND relevance <= 1")
            );
            item.Property(static row => row.Relevance).HasDefaultValue(1d).HasSentinel(double.NaN);
            item.Property(static row => row.Facts).IsJson().HasDefaultValue("{}");
            item.Property(static row => row.Reasons).IsJson().HasDefaultValue("[]");
            item.Property(static row => row.ExternalId).HasDefaultValue(string.Empty);
            item.Property(static row => row.ContentHash).HasDefaultValue(string.Empty);
            item.Property(static row => row.Model).HasDefaultValue(string.Empty);
            item.HasIndex(static row => new { row.Symbol, row.Timestamp });
            item.HasIndex(static row => new
                {
                    row.Symbol,
                    row.Source,
                    row.ContentHash,
                })
                .IsUnique()
                .HasFilter("content_hash <> ''");
            item.HasIndex(static row => row.ReceivedAt);
        });
    }
}
