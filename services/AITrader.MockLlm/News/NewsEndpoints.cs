using System.Security.Cryptography;
using System.Text;
using AITrader.ServiceDefaults.Problems;
using Microsoft.Extensions.Options;

namespace AITrader.MockLlm.News;

/// <summary>The made-up news, for whoever asks politely: with ETag, and 304 to those who know it.</summary>
internal static class NewsEndpoints
{
    private const string Xml = "application/rss+xml; charset=utf-8";
    private const string Json = "application/json; charset=utf-8";

    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(2);

    public static void MapNews(this IEndpointRouteBuilder routes)
    {
        var news = routes.MapGroup("/news");
        Map(news, "wire.xml", Xml, static (room, now, _) => NewsPages.Wire(room.Stories(now), now));
        Map(news, "daily.xml", Xml, static (room, now, options) => NewsPages.Daily(room.Stories(now), now, 2 * options.StoryEvery));
        Map(news, "filings.json", Json, static (room, now, _) => NewsPages.Filings(room.Stories(now)));
        Map(news, "forum.json", Json, static (room, now, _) => NewsPages.Forum(room.Posts(now)));
    }

    private static void Map(RouteGroupBuilder news, string name, string type, Func<NewsRoom, DateTimeOffset, NewsOptions, string> page) =>
        news.MapGet(
            $"/{name}",
            async (HttpContext context, NewsRoom room, IOptions<NewsOptions> options, TimeProvider time, CancellationToken ct) =>
            {
                var now = time.GetUtcNow();
                var fault = NewsFaults.At(options.Value, name, now);
                if (fault == NewsFault.Slow)
                {
                    await Task.Delay(Slowness, time, ct);
                }

                return Answer(context, fault, NewsFaults.Spoil(fault, page(room, now, options.Value)), type);
            }
        );

    private static IResult Answer(HttpContext context, NewsFault fault, string page, string type)
    {
        if (fault == NewsFault.TooMany)
        {
            context.Response.Headers.RetryAfter = "5";
            return ServiceProblem.Of(StatusCodes.Status429TooManyRequests, "too-many", "Come back later.");
        }

        if (fault == NewsFault.Broken)
        {
            return ServiceProblem.Of(StatusCodes.Status500InternalServerError, "broken", "This answer is broken on purpose.");
        }

        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(page)).AsSpan(0, 8))}\"";
        context.Response.Headers.ETag = etag;
        return context.Request.Headers.IfNoneMatch == etag
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(page, type);
    }
}
