using System.Globalization;
using System.Text.Json;
using AITrader.MockMcp.Orders;

namespace AITrader.MockMcp.Rest;

/// <summary>The fields of a request, by name. An empty field is the same as none.</summary>
internal sealed class RequestFields(Func<string, string?> find)
{
    /// <summary>The form, and where a field is not in it the query.</summary>
    public static async Task<RequestFields> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var form = request.HasFormContentType ? await request.ReadFormAsync(ct) : null;
        return new RequestFields(name => form is not null && form.TryGetValue(name, out var field) ? field[0] : request.Query[name]);
    }

    public static RequestFields Of(JsonElement json) =>
        new(name => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var field) ? TextOf(field) : null);

    public string? Text(string name) => find(name) is { Length: > 0 } text ? text : null;

    public string Required(string name) => Text(name) ?? throw BrokerRefusalException.Missing(name);

    public int? Whole(string name) =>
        Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw BrokerRefusalException.Invalid(name);

    public decimal? Number(string name) =>
        Text(name) is not { } text ? null
        : decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
        : throw BrokerRefusalException.Invalid(name);

    public bool Flag(string name) => Text(name) is "true" or "True" or "1";

    private static string? TextOf(JsonElement field) =>
        field.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => field.GetString(),
            _ => field.GetRawText(),
        };
}
