using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AITrader.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Transactions;

/// <summary>Named locks of the database, so that instances take turns.</summary>
public static class AdvisoryLocks
{
    /// <summary>Waits for the lock and holds it until the open transaction ends.</summary>
    public static Task LockForTransactionAsync(AITraderDbContext db, string name, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({KeyOf(name)})", ct);
    }

    /// <summary>The 64-bit key of a name, the same in every process.</summary>
    public static long KeyOf(string name) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"aitrader:{name}")));
}
