using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AITrader.Storage.Schema;

/// <summary>Creates a context for dotnet ef and for the model check; it reads the model and never connects.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<AITraderDbContext>
{
    public AITraderDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<AITraderDbContext>().UseNpgsql("Host=nowhere").Options);
}
