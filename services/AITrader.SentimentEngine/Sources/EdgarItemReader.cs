using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace AITrader.SentimentEngine.Sources;

/// <summary>The filings of one company in the SEC's submissions API: <c>data.sec.gov/submissions/CIK##########.json</c>.</summary>
/// <remarks>The API gives the newest thousand; older ones are in files that are not read, as they are of no mood.</remarks>
internal sealed class EdgarItemReader(SourceSetting source, TimeProvider time) : IItemReader
{
    private static readonly string[] UsualForms = ["8-K", "10-K", "10-Q", "6-K", "20-F"];

    private static readonly TimeZoneInfo Eastern = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    private static readonly FrozenDictionary<string, string> ItemNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["1.01"] = "entry into a material definitive agreement",
        ["1.02"] = "termination of a material definitive agreement",
        ["1.03"] = "bankruptcy or receivership",
        ["1.05"] = "material cybersecurity incident",
        ["2.01"] = "completion of an acquisition or disposition of assets",
        ["2.02"] = "results of operations and financial condition",
        ["2.03"] = "creation of a direct financial obligation",
        ["2.05"] = "costs of exit or disposal activities",
        ["2.06"] = "material impairments",
        ["3.01"] = "notice of delisting",
        ["3.02"] = "unregistered sales of equity",
        ["4.01"] = "change of the auditor",
        ["4.02"] = "previous financial statements are not to be relied on",
        ["5.01"] = "change in control",
        ["5.02"] = "departure or election of directors or officers",
        ["5.03"] = "amendments to articles or bylaws",
        ["5.07"] = "votes of security holders",
        ["7.01"] = "regulation FD disclosure",
        ["8.01"] = "other events",
        ["9.01"] = "financial statements and exhibits",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public ReadResult Read(byte[] content, string? charset)
    {
        var place = -1;
        var result = JsonDocuments.Read(content, charset, Places, (root, accession) => Item(root, accession, ++place));
        return result.Items.Count + result.Faults.Count > 0
            ? result
            : ReadResult.Broken("the answer holds no filings of the forms that are read");
    }

    // The filings are columns: place n of each is filing n. A column that is shorter has nothing for the last ones.
    private static IEnumerable<JsonElement> Places(JsonElement root) =>
        root.Part("filings").Part("recent").Part("accessionNumber").Elements();

    private RawItem? Item(JsonElement root, JsonElement accession, int place)
    {
        var number = accession.GetString() ?? throw new FormatException("a filing has no number");
        var filings = root.Part("filings").Part("recent");
        var form = Column(filings, "form", place);
        if (!(source.Forms.Count > 0 ? source.Forms : UsualForms).Contains(form.Split('/')[0]))
        {
            return null;
        }

        var company = root.Text("name") ?? $"CIK {root.Text("cik")}";
        var topics = Column(filings, "items", place)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(static item => item != "9.01")
            .Select(static item => ItemNames.GetValueOrDefault(item, $"item {item}"));
        var about = string.Join("; ", topics);
        return new RawItem
        {
            Id = number,
            Title = about.Length > 0 ? $"{company} files {form}: {about}" : $"{company} files {form}",
            Body = $"{Column(filings, "primaryDocDescription", place)} {number}, for {Column(filings, "reportDate", place)}",
            Url = Address(root, number, Column(filings, "primaryDocument", place)),
            Published = Accepted(Column(filings, "acceptanceDateTime", place)),
        };
    }

    private static string Column(JsonElement filings, string name, int place)
    {
        var column = filings.Part(name);
        return column.ValueKind == JsonValueKind.Array && place < column.GetArrayLength() ? column[place].ToString() : string.Empty;
    }

    private static string? Address(JsonElement root, string number, string document) =>
        document.Length == 0
            ? null
            : $"https://www.sec.gov/Archives/edgar/data/{root.Text("cik")?.TrimStart('0')}/{number.Replace("-", string.Empty, StringComparison.Ordinal)}/{document}";

    // Marked as UTC, and yet the wall clock of New York: filings of 16:30 there say 16:30Z. Read so, unless that is still to come.
    private DateTimeOffset? Accepted(string text)
    {
        if (
            !DateTime.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
                out var said
            )
        )
        {
            return null;
        }

        var wall = DateTime.SpecifyKind(said, DateTimeKind.Unspecified);
        var there = Eastern.IsInvalidTime(wall) ? wall.AddHours(1) : wall;
        var eastern = new DateTimeOffset(there, Eastern.GetUtcOffset(there)).ToUniversalTime();
        return eastern <= time.GetUtcNow() ? eastern : new DateTimeOffset(said, TimeSpan.Zero);
    }
}
