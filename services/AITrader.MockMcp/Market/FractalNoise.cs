namespace AITrader.MockMcp.Market;

/// <summary>A path that looks like a random walk and can be asked for at any minute: hashed noise, interpolated, in octaves whose size
/// grows
/// by the root of their length.</summary>
internal static class FractalNoise
{
    private const int Octaves = 19;

    /// <summary>The path at a minute; a minute's change has a standard deviation of about 1.</summary>
    public static double At(ulong seed, long minute)
    {
        var sum = 0.0;
        for (var octave = 0; octave < Octaves; octave++)
        {
            var length = 1L << octave;
            var cell = Math.DivRem(minute, length, out var rest);
            var share = (double)rest / length;
            var left = Uniform(seed, octave, cell);
            sum += Math.Sqrt(length) * (left + (share * (Uniform(seed, octave, cell + 1) - left)));
        }

        return sum;
    }

    /// <summary>A number between 0 and 1 that is always the same for the same question.</summary>
    public static double Share(ulong seed, int salt, long at) => (Uniform(seed, salt, at) + 1) / 2;

    // The finalizer of SplitMix64.
    private static double Uniform(ulong seed, int octave, long cell)
    {
        var mixed = seed + (0x9E3779B97F4A7C15UL * (ulong)(octave + 1)) + (0xD1B54A32D192ED03UL * (ulong)cell);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        mixed ^= mixed >> 31;
        return (mixed >> 11) * (2.0 / (1UL << 53)) - 1;
    }
}
