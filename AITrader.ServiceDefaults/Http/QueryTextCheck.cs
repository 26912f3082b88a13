using AITrader.ServiceDefaults.Problems;
using AITrader.ServiceDefaults.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace AITrader.ServiceDefaults.Http;

/// <summary>Refuses requests whose query holds text that cannot be stored.</summary>
internal static class QueryTextCheck
{
    /// <summary>Answers 400 where a name or a value of the query holds the character U+0000; passes every other request on.</summary>
    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        foreach (var (name, values) in context.Request.Query)
        {
            if (!StorableText.IsStorable(name) || values.Any(static value => value is not null && !StorableText.IsStorable(value)))
            {
                return ProblemWriter.WriteAsync(
                    context,
                    new ProblemDetails
                    {
                        Status = StatusCodes.Status400BadRequest,
                        Type = "bad-text",
                        Detail =
                            $"The query parameter '{StorableText.Printable(name)}' {StorableText.Refusal}, which no text can hold here; leave it out.",
                    }
                );
            }
        }

        return next(context);
    }
}
