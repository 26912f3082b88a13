namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Makes one thing of another.</summary>
public delegate TTo Projection<TFrom, TTo>(in TFrom from);

/// <summary>Makes one thing of another, with help.</summary>
public delegate TTo Projection<TFrom, TState, TTo>(in TFrom from, in TState state);

/// <summary>Copies out of an arena.</summary>
public static class SequenceExtensions
{
    public static void CopyTo<T, TTo>(this in Sequence<T> source, Span<TTo> destination, Projection<T, TTo> projection)
    {
        var from = source.FirstSpan;
        if (destination.Length < from.Length)
        {
            throw new ArgumentException("Destination is too short.", nameof(destination));
        }

        for (var i = 0; i < from.Length; i++)
        {
            destination[i] = projection(in from[i]);
        }
    }

    public static TTo[] ToArray<T, TTo>(this in Sequence<T> source, Projection<T, TTo> projection)
    {
        if (source.IsEmpty)
        {
            return [];
        }

        var result = new TTo[source.Length];
        source.CopyTo(result, projection);
        return result;
    }

    public static TTo[] ToArray<T, TState, TTo>(this in Sequence<T> source, Projection<T, TState, TTo> projection, in TState state)
    {
        var from = source.FirstSpan;
        if (from.IsEmpty)
        {
            return [];
        }

        var result = new TTo[from.Length];
        for (var i = 0; i < from.Length; i++)
        {
            result[i] = projection(in from[i], in state);
        }

        return result;
    }
}
