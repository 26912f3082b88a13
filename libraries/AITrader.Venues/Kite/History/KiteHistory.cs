using System.Globalization;
using System.Text;
using AITrader.Domain.Sessions;
using AITrader.Formats;
using AITrader.Formats.Reading;
using AITrader.Venues.Downloads;
using AITrader.Venues.Feeds;
using AITrader.Venues.Kite.Rest;
using Polly;

namespace AITrader.Venues.Kite.History;

/// <summary>Downloads historical candles: one request and one file a month, or a year of daily ones, which is less than Kite gives at
/// once.</summary>
/// <remarks>What is not over yet, a month or a candle, is fetched again by the next download: its file is named <c>partial</c>.</remarks>
public sealed class KiteHistory
{
    // The documented limit of the historical API.
    private const double RequestsPerSecond = 3;

    private static readonly TimeZoneInfo India = TimeZoneInfo.FindSystemTimeZoneById(NseCalendar.Zone);

    private readonly KiteClient _kite;
    private readonly KiteCredentials _caller;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;
    private readonly PacedBudget _pace;

    /// <summary>The history that a session may ask for.</summary>
    public KiteHistory(KiteClient kite, KiteCredentials caller, DownloadSettings settings, TimeProvider time)
    {
        (_kite, _caller, _time) = (kite, caller, time);
        _retry = DownloadRetry.Create(settings, time, IsTransient);
        _pace = new PacedBudget(1, RequestsPerSecond, time);
    }

    /// <summary>Fetches what is not there yet.</summary>
    /// <param name="instrument">Whose candles.</param>
    /// <param name="interval">Their length.</param>
    /// <param name="from">First day; of its month, or year, all is fetched.</param>
    /// <param name="to">First day that is no longer wanted.</param>
    /// <param name="root">Folder of market data.</param>
    /// <param name="progress">Each result as it comes, with the day up to which all is done.</param>
    /// <param name="ct">Ends the download; no torn file stays.</param>
    /// <exception cref="KiteException">The session is over.</exception>
    public async Task<IReadOnlyList<DownloadResult>> DownloadAsync(
        KiteInstrument instrument,
        KiteInterval interval,
        DateOnly from,
        DateOnly to,
        string root,
        IProgress<(DownloadResult Result, DateOnly Until)>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentNullException.ThrowIfNull(interval);
        var folder = MarketDataFolder.FolderOf(root, instrument.Key, interval.Kind);
        Directory.CreateDirectory(folder);
        var today = DateOnly.FromDateTime(Local(_time.GetUtcNow()));
        to = to > today.AddDays(1) ? today.AddDays(1) : to;
        var results = new List<DownloadResult>();
        for (var day = from; day < to; )
        {
            var file = new KiteHistoryFile(folder, instrument, interval, interval.FileOf(day), today);
            var result = await FetchAsync(file, ct);
            results.Add(result);
            progress?.Report((result, file.Days.To));
            day = file.Days.To;
        }

        return results;
    }

    private async Task<DownloadResult> FetchAsync(KiteHistoryFile file, CancellationToken ct)
    {
        if (file.IsWhole)
        {
            return new DownloadResult(file.Name, DownloadState.Present);
        }

        try
        {
            return await WriteAsync(file, await _retry.ExecuteAsync(async token => await AskAsync(file, token), ct), ct);
        }
        catch (Exception failure)
            when (failure is MarketDataException or KiteException { IsSessionOver: false }
                || (IsTransient(failure) && !ct.IsCancellationRequested)
            )
        {
            return new DownloadResult(file.Name, DownloadState.Failed, 0, failure.Message);
        }
        finally
        {
            File.Delete(DataFileWriter.PartOf(file.Path));
        }
    }

    private async Task<KiteCandleList> AskAsync(KiteHistoryFile file, CancellationToken ct)
    {
        await _pace.SpendAsync(1, ct);
        var first = file.Days.From.ToDateTime(TimeOnly.MinValue);
        var last = file.Days.To.ToDateTime(TimeOnly.MinValue).AddSeconds(-1);
        return await _kite.GetCandlesAsync(_caller, file.Instrument.Token, file.Interval.Name, first, last, ct);
    }

    private async Task<DownloadResult> WriteAsync(KiteHistoryFile file, KiteCandleList candles, CancellationToken ct)
    {
        var over = candles.Where(candle => IsOver(candle, file.Interval)).ToList();
        var odd = candles.Skipped == 0 ? null : $"{candles.Skipped} candles that make no sense were left out, such as {candles.Problem}";
        if (over.Count == 0)
        {
            return new DownloadResult(file.Name, odd is null ? DownloadState.Absent : DownloadState.Failed, 0, odd);
        }

        await File.WriteAllTextAsync(DataFileWriter.PartOf(file.Path), Csv(over), ct);
        var rows = await DataFileWriter.FinishAsync(file.Path, file.Mapping, ct);
        file.DeletePartial();
        return new DownloadResult(file.Name, DownloadState.Fetched, rows, odd);
    }

    private bool IsOver(KiteCandle candle, KiteInterval interval)
    {
        var now = _time.GetUtcNow();
        return interval.IsByYear ? Local(candle.Time).Date < Local(now).Date : candle.Time + interval.Length <= now;
    }

    private static string Csv(List<KiteCandle> candles)
    {
        var csv = new StringBuilder("time,open,high,low,close,volume\n");
        foreach (var candle in candles)
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{candle.Time:yyyy-MM-dd'T'HH:mm:sszzz},{candle.Open},{candle.High},{candle.Low},{candle.Close},{candle.Volume}\n"
            );
        }

        return csv.ToString();
    }

    private static bool IsTransient(Exception? failure) =>
        failure is KiteException kite
            ? kite.IsTransient || (!kite.IsSessionOver && DownloadRetry.IsTransient(kite.Status))
            : DownloadRetry.IsTransient(failure);

    private static DateTime Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, India).DateTime;
}
