using System.Globalization;

namespace AITrader.Learning.Gradients;

/// <summary>Sizes of a value's axes. One axis may be the batch, whose size is known only when the graph runs.</summary>
public readonly record struct Shape
{
    /// <summary>Stands for the size of the batch.</summary>
    public const long Batch = -1;

    private readonly long[]? _sizes;

    private Shape(long[] sizes) => _sizes = sizes;

    /// <summary>Sizes, from the outermost axis to the innermost.</summary>
    public ReadOnlySpan<long> Sizes => _sizes;

    /// <summary>Number of axes; 0 for a single number.</summary>
    public int Rank => Sizes.Length;

    /// <summary>Elements; of one row where there is a batch.</summary>
    public long Elements
    {
        get
        {
            var product = 1L;
            foreach (var size in Sizes)
            {
                product *= size == Batch ? 1 : size;
            }

            return product;
        }
    }

    /// <summary>Whether an axis is the batch.</summary>
    public bool HasBatch => Sizes.Contains(Batch);

    /// <summary>A shape of these sizes.</summary>
    /// <exception cref="ArgumentException">A size is not positive, or more than one axis is the batch.</exception>
    public static Shape Of(params ReadOnlySpan<long> sizes)
    {
        if (sizes.Count(Batch) > 1)
        {
            throw new ArgumentException("Only one axis can be the batch.", nameof(sizes));
        }

        foreach (var size in sizes)
        {
            if (size is 0 or < Batch)
            {
                throw new ArgumentException($"An axis has the size {size}.", nameof(sizes));
            }
        }

        return new Shape(sizes.ToArray());
    }

    /// <summary>Size of an axis; the last one is -1.</summary>
    public long this[int axis] => Sizes[Axis(axis)];

    /// <summary>An axis counted from the front; negative ones are counted from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(int axis)
    {
        var found = axis < 0 ? axis + Rank : axis;
        ArgumentOutOfRangeException.ThrowIfNegative(found, nameof(axis));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(found, Rank, nameof(axis));
        return found;
    }

    /// <summary>The shape with another size at an axis.</summary>
    public Shape With(int axis, long size)
    {
        var sizes = Sizes.ToArray();
        sizes[Axis(axis)] = size;
        return Of(sizes);
    }

    /// <summary>The shape without some axes, or with a size of 1 there.</summary>
    public Shape Reduce(ReadOnlySpan<int> axes, bool keep)
    {
        List<long> sizes = [];
        for (var axis = 0; axis < Rank; axis++)
        {
            var isReduced = Contains(axes, axis);
            if (!isReduced || keep)
            {
                sizes.Add(isReduced ? 1 : Sizes[axis]);
            }
        }

        return Of([.. sizes]);
    }

    /// <summary>What two values have in common when their axes are matched from the end and those of size 1 are repeated.</summary>
    /// <exception cref="ArgumentException">They do not match.</exception>
    public static Shape Broadcast(Shape first, Shape second)
    {
        var sizes = new long[Math.Max(first.Rank, second.Rank)];
        for (var back = 1; back <= sizes.Length; back++)
        {
            var one = back <= first.Rank ? first.Sizes[^back] : 1;
            var other = back <= second.Rank ? second.Sizes[^back] : 1;
            sizes[^back] =
                one == other || other == 1 ? one
                : one == 1 ? other
                : throw new ArgumentException($"{first} and {second} do not match.");
        }

        return Of(sizes);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => Sizes.SequenceEqual(other.Sizes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var size in Sizes)
        {
            hash.Add(size);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"[{string.Join(", ", (_sizes ?? []).Select(static size => size == Batch ? "batch" : size.ToString(CultureInfo.InvariantCulture)))}]";

    private bool Contains(ReadOnlySpan<int> axes, int axis)
    {
        foreach (var one in axes)
        {
            if (Axis(one) == axis)
            {
                return true;
            }
        }

        return false;
    }
}
