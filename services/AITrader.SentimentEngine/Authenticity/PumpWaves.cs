using System.Globalization;
using AITrader.SentimentEngine.Items;

namespace AITrader.SentimentEngine.Authenticity;

/// <summary>Waves of posts that praise one symbol at once while no publication tells anything: what a pump before its dump looks
/// like.</summary>
internal sealed class PumpWaves
{
    /// <summary>Span of a wave.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(30);

    private const int LeastPosts = 6;
    private const double LeastShare = 0.8;
    private const double Burst = 3;
    private const double Effect = -1.6;

    private readonly List<Opinion> _posts;
    private readonly List<Opinion> _publications;
    private readonly double _usual;

    /// <summary>Finds the waves among the opinions on a symbol in a window.</summary>
    public PumpWaves(IEnumerable<Opinion> known, TimeSpan window)
    {
        var all = known.OrderBy(static opinion => opinion.Item.PublishedAt).ToList();
        _posts = all.FindAll(static opinion => opinion.Item.Kind == SourceKind.Social);
        _publications = all.FindAll(static opinion => opinion.Item.Kind != SourceKind.Social);
        _usual = _posts.Count * (Span / window);
    }

    /// <summary>The reason against a post that is part of a wave; null for one that is not.</summary>
    public AuthenticityReason? ReasonFor(Opinion post)
    {
        if (post.Score <= 0 || _posts.Count < LeastPosts)
        {
            return null;
        }

        var around = _posts.FindAll(other => IsNear(other, post));
        var praise = around.Count(static other => other.Score > 0 && other.TakesSide);
        var isWave =
            around.Count >= LeastPosts
            && praise >= LeastShare * around.Count
            && around.Count >= Burst * _usual
            && !_publications.Exists(other => other.Score > 0 && other.TakesSide && IsNear(other, post));
        return isWave
            ? new(
                ReasonNames.PumpWave,
                Effect,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{praise} of {around.Count} posts within {Span.TotalMinutes:0} minutes praise it, and no publication says why"
                )
            )
            : null;
    }

    private static bool IsNear(Opinion other, Opinion post) => (other.Item.PublishedAt - post.Item.PublishedAt).Duration() <= Span;
}
