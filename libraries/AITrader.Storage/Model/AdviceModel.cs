using AITrader.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Model;

/// <summary>What decisions hear from outside: sentiment, and what advice costs.</summary>
internal static class AdviceModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<SentimentReadingRow>(static reading =>
        {
            reading.ToTable("sentiment_readings", static table =>
                table
                    .Must("score", "score >= -1 AND score <= 1")
                    .Must("weights", "confidence >= 0 AND confidence <= 1 AND authenticity >= 0 AND authenticity <= 1")
            );
            reading.HasKey(static row => new { row.Symbol, row.Timestamp });
            reading.Property(static row => row.Position).UseIdentityAlwaysColumn();
            reading.HasIndex(static row => row.Position);
            reading.Property(static row => row.Model).HasDefaultValue(string.Empty);
        });
        model.Entity<AdviceDayRow>(static day =>
        {
            day.ToTable("advice_days", static table => table.Must("tokens", "tokens >= 0"));
            day.HasKey(static row => row.Day);
        });
    }
}
