using System.Text.Json;
using System.Text.Json.Serialization;
using AITrader.Domain.Orders;

namespace AITrader.Trading.Ledger.Fees;

/// <summary>No schedule holds for a segment, product and day.</summary>
public sealed class MissingFeeScheduleException(string message) : InvalidOperationException(message);

/// <summary>Fee schedules by broker, exchange, segment, product and date. Immutable; safe from any thread.</summary>
public sealed class FeeTable
{
    private const string PublishedName = "published-fees.json";

    private static readonly Lazy<FeeTable> Embedded = new(static () =>
    {
        using var stream = typeof(FeeTable).Assembly.GetManifestResourceStream(PublishedName)!;
        return Read(stream);
    });

    private readonly List<FeeSchedule> _schedules;

    /// <summary>Makes a table.</summary>
    /// <exception cref="ArgumentException">Two schedules are for the same and begin on one day, or a line taxes one that does not stand
    /// before it.</exception>
    public FeeTable(IEnumerable<FeeSchedule> schedules)
    {
        _schedules = [.. schedules.OrderByDescending(static schedule => schedule.EffectiveFrom)];
        var twice = _schedules.GroupBy(KeyOf).FirstOrDefault(static group => group.Skip(1).Any());
        if (twice is not null)
        {
            throw new ArgumentException($"there are two fee schedules for {twice.Key}", nameof(schedules));
        }

        foreach (var schedule in _schedules)
        {
            RequireOrder(schedule);
        }
    }

    /// <summary>The charges that brokers have published and this library knows of.</summary>
    public static FeeTable Published => Embedded.Value;

    /// <summary>All schedules, the newest first.</summary>
    public IReadOnlyList<FeeSchedule> Schedules => _schedules;

    /// <summary>Reads a table from JSON: <c>{"schedules": [{"broker": "ZERODHA", "exchange": "NSE", …}]}</c>.</summary>
    /// <exception cref="JsonException">It has members that are not known, or lacks some.</exception>
    public static FeeTable Read(Stream json) =>
        new(JsonSerializer.Deserialize(json, FeeJsonContext.Default.FeeDocument)?.Schedules ?? throw new JsonException("no fee table"));

    /// <summary>The schedule that holds on a day.</summary>
    /// <exception cref="MissingFeeScheduleException">There is none; a fee is never guessed.</exception>
    public FeeSchedule For(string broker, string exchange, string segment, string product, DateOnly day)
    {
        var known = _schedules.FindAll(schedule =>
            schedule.Broker == broker
            && schedule.Exchange == exchange
            && schedule.Segment == segment
            && (schedule.Product is null || schedule.Product == product)
        );
        return known.Find(schedule => schedule.EffectiveFrom <= day)
            ?? throw new MissingFeeScheduleException(
                $"no fee schedule of {broker} for {exchange} {segment} {product} on {day:yyyy-MM-dd}: "
                    + (known.Count == 0 ? "there is none for any day" : $"the first is from {known[^1].EffectiveFrom:yyyy-MM-dd}")
            );
    }

    private static string KeyOf(FeeSchedule schedule) =>
        $"{schedule.Broker} {schedule.Exchange} {schedule.Segment} {schedule.Product} from {schedule.EffectiveFrom:yyyy-MM-dd}";

    private static void RequireOrder(FeeSchedule schedule)
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in schedule.Rules)
        {
            if (rule.Of.FirstOrDefault(name => !before.Contains(name)) is { } missing)
            {
                throw new ArgumentException($"{rule.Name} of {KeyOf(schedule)} is a tax on {missing}, which does not stand before it");
            }

            before.Add(rule.Name);
        }
    }
}

internal sealed record FeeDocument(IReadOnlyList<FeeSchedule> Schedules);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(JsonStringEnumConverter<Side>)]
)]
[JsonSerializable(typeof(FeeDocument))]
internal sealed partial class FeeJsonContext : JsonSerializerContext;
