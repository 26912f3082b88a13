using System.Globalization;
using AITrader.MockLlm.Completions;
using Microsoft.Extensions.Options;

namespace AITrader.MockLlm.News;

/// <summary>What happened, by the clock and the seed alone: two instances, and one after a restart, tell the same.</summary>
internal sealed class NewsRoom(IOptions<NewsOptions> options)
{
    private const int MaxStories = 40;
    private const int Moods = 15;
    private const int Users = 40;
    private const int WaveSeconds = 180;

    private readonly NewsOptions _news = options.Value;

    /// <summary>The newest stories that have happened, the newest first.</summary>
    public IReadOnlyList<Story> Stories(DateTimeOffset now) => [.. Numbers(now).Select(Story).Where(story => story.At <= now)];

    /// <summary>The newest posts, the newest first.</summary>
    public IReadOnlyList<Post> Posts(DateTimeOffset now) =>
        [
            .. Numbers(now)
                .Select(Story)
                .SelectMany(Talk)
                .Concat(Wave(now))
                .Where(post => post.At <= now)
                .OrderByDescending(static post => post.At)
                .ThenBy(static post => post.Id, StringComparer.Ordinal)
                .Take(100),
        ];

    private IEnumerable<long> Numbers(DateTimeOffset now)
    {
        var last = (long)((now - DateTimeOffset.UnixEpoch) / _news.StoryEvery);
        return Enumerable.Range(0, MaxStories).Select(back => last - back);
    }

    private Story Story(long number)
    {
        var draw = Draw.Of(_news.Seed, $"story/{number}");
        var company = Company.All[draw.Next(Company.All.Count)];
        var events = Headlines.ByTone[Tone(company, number, draw)];
        var told = events[draw.Next(events.Count)];
        var figure = 3 + draw.Next(25);
        var at = DateTimeOffset.UnixEpoch + (number * _news.StoryEvery) + (_news.StoryEvery * draw.Next(100) / 100);
        return new Story(
            number,
            company,
            Fill(told.Wire, company.Name, figure),
            draw.Next(2) == 0 ? Fill(told.Daily, company.Name, figure) : null,
            draw.Next(3) == 0 ? Fill(told.Filing, company.Name, figure) : null,
            told.Forum,
            at,
            draw.Next(10) == 0,
            draw.Next(10) == 0 ? at + (2 * _news.StoryEvery) : null
        );
    }

    // A company has good and bad times of some fifteen stories each, so that its mood goes somewhere.
    private int Tone(Company company, long number, Draw draw)
    {
        var times = Draw.Of(_news.Seed, $"mood/{company.Ticker}/{number / Moods}").Next(2);
        return draw.Next(10) switch
        {
            < 6 => times,
            < 8 => 1 - times,
            _ => 2,
        };
    }

    private IEnumerable<Post> Talk(Story story)
    {
        var draw = Draw.Of(_news.Seed, $"talk/{story.Number}");
        return Enumerable
            .Range(0, draw.Next(3))
            .Select(number => new Post(
                $"t3_s{story.Number}x{number}",
                $"trader{draw.Next(Users)}",
                Fill(story.Talk, story.Company.Ticker, 3 + draw.Next(25)),
                story.At.AddSeconds(5 + draw.Next(40))
            ))
            .ToList();
    }

    private IEnumerable<Post> Wave(DateTimeOffset now)
    {
        if (_news.PumpEvery == TimeSpan.Zero)
        {
            yield break;
        }

        var number = (long)((now - DateTimeOffset.UnixEpoch) / _news.PumpEvery);
        var draw = Draw.Of(_news.Seed, $"wave/{number}");
        var company = Company.All[draw.Next(Company.All.Count)];
        var count = 8 + draw.Next(7);
        for (var post = 0; post < count; post++)
        {
            var text = Fill(Headlines.Pump[draw.Next(Headlines.Pump.Count)], company.Ticker, 10 + draw.Next(90));
            var author = $"gain{draw.Next(100_000)}";
            var span = Math.Min(WaveSeconds, _news.PumpEvery.TotalSeconds / 2);
            yield return new Post(
                $"t3_w{number}x{post}",
                author,
                text,
                DateTimeOffset.UnixEpoch + (number * _news.PumpEvery) + TimeSpan.FromSeconds(span * post / count)
            );
        }
    }

    private static string Fill(string format, string name, int figure) => string.Format(CultureInfo.InvariantCulture, format, name, figure);
}
