using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace AITrader.Trading.Tests;

/// <summary>Properties over seeded random cases, the same ones in every run. A failure prints a smallest case.</summary>
internal static class Property
{
    private static readonly Config Seeded = Config
        .QuickThrowOnFailure.WithMaxTest(300)
        .WithQuietOnSuccess(true)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20_240_808, 1_234_567_891), FSharpOption<int>.None)));

    /// <summary>Over so many cases.</summary>
    public static void Holds<T>(Gen<T> cases, Func<T, bool> property, int count) =>
        Prop.ForAll(cases.ToArbitrary(), property).Check(Seeded.WithMaxTest(count));

    public static void Holds<T>(Gen<T> cases, Action<T> assert) => Prop.ForAll(cases.ToArbitrary(), assert).Check(Seeded);
}
