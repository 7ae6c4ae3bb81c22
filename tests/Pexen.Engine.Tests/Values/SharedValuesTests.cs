using Pexen.Values;

namespace Pexen.Engine.Tests.Values;

/// <summary>Rule 29: what is inherited from whom.</summary>
[TestClass]
public sealed class SharedValuesTests
{
    private readonly SharedValues<string> _values = new();

    [TestMethod]
    [TestCategory("PX-23")]
    public void ProviderWroteOneKeyAndTheDependentAnother_WhoeverComesAfterHasBoth()
    {
        Write(0, [], "k=a");
        Write(1, [0], "j=b");

        Assert.AreEqual("k=a", Of(_values.InheritedBy(1)));
        Assert.AreEqual("j=b k=a", Inherit(2, [1]));
    }

    [TestMethod]
    public void UnitDidNotProvide_WhoCleansUpHasWhatItWroteAndInherited_AndNobodyElse()
    {
        Write(0, [], "port=5");
        Inherit(1, [0]);
        Inherit(2, [0]);

        _values.Leave(1, [new("table", "t")]);
        _values.Leave(2, null);

        Assert.AreEqual("port=5 table=t", Inherit(3, [1, SharedValues<string>.LeftBy(1)]));
        Assert.AreEqual("port=5", Inherit(4, [2, SharedValues<string>.LeftBy(2)]));
        Assert.AreEqual("", Inherit(5, [1, 2]));
    }

    [TestMethod]
    public void LaterAttemptProvides_WhatTheEarlierLeftCountsNoMore()
    {
        _values.Leave(0, [new("old", "x")]);
        Write(0, [], "new=y");

        Assert.AreEqual("new=y", Inherit(1, [0, SharedValues<string>.LeftBy(0)]));
    }

    [TestMethod]
    public void ValueInheritedAndRewritten_IsSupersededWhereverBothArrive()
    {
        Write(0, [], "k=old");
        Write(1, [0], "k=new");

        Assert.AreEqual("k=new", Inherit(2, [0, 1]));
        Assert.AreEqual("k=new", Inherit(3, [1, 0]), "the order of providers has no say");
    }

    [TestMethod]
    public void UnorderedWritersOfDifferentValues_LastDeclaredWinsAndIsTold()
    {
        Write(0, [], "k=a");
        Write(1, [], "k=b");

        ValueSet<string> inherited = _values.Inherit(2, [0, 1], out IReadOnlyList<ValueConflict> conflicts);

        Assert.AreEqual("k=b", Of(inherited));
        Assert.AreEqual("k 1 over 0", string.Join(", ", conflicts.Select(one => $"{one.Key} {one.Winner} over {string.Join(' ', one.Losers)}")));
    }

    [TestMethod]
    public void UnorderedWritersOfTheSameValue_AreNoConflict()
    {
        Write(0, [], "k=a");
        Write(1, [], "k=a");

        _values.Inherit(2, [0, 1], out IReadOnlyList<ValueConflict> conflicts);

        Assert.IsEmpty(conflicts);
    }

    [TestMethod]
    public void WriterThatComesAfterAnOverruledOne_SupersedesItToo()
    {
        Write(0, [], "k=a");
        Write(1, [], "k=b");
        Write(2, [0, 1]);
        Write(3, [2], "k=c");

        _values.Inherit(4, [0, 3], out IReadOnlyList<ValueConflict> conflicts);

        Assert.AreEqual("k=c", Of(_values.InheritedBy(4)));
        Assert.IsEmpty(conflicts, "0 and 3 are ordered");
    }

    [TestMethod]
    [TestCategory("PX-T8")]
    public void UnitThatDidNotProvide_HandsNothingOn()
    {
        Write(0, [], "k=a");
        _values.Inherit(1, [0], out _);

        Assert.AreEqual("", Inherit(2, [1]));
    }

    [TestMethod]
    public void RandomRuns_AgreeWithTheRuleAsItIsRead()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            Compare(new Random(seed), seed);
        }
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void LongChainInWhichEveryUnitWrites_CostsNoSquare()
    {
        const int Units = 100_000;
        Write(0, [], "k=0", "first=0");
        for (int unit = 1; unit < Units; unit++)
        {
            // One key of its own, and one that all rewrite; the first provider's value is superseded each time.
            Write(unit, [0, unit - 1], $"k={unit}", $"key{unit}=v");
        }

        Assert.AreEqual(Units - 1, _values.InheritedBy(Units - 1).WriterOf($"key{Units - 2}") + 1);
        Assert.AreEqual(Units - 2, _values.InheritedBy(Units - 1).WriterOf("k"));
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void ManyUnorderedWritersOfOneKey_CostNoSquare()
    {
        const int Units = 20_000;
        for (int unit = 0; unit < Units; unit++)
        {
            Write(unit, [], $"k={unit}", $"key{unit}=v");
        }

        _values.Inherit(Units, [.. Enumerable.Range(0, Units)], out IReadOnlyList<ValueConflict> conflicts);

        Assert.AreEqual(Units - 1, conflicts.Single().Losers.Count);
        Assert.AreEqual(Units - 1, _values.InheritedBy(Units).WriterOf("k"));
    }

    private static void Compare(Random random, int seed)
    {
        string[] keys = ["a", "b"];
        var values = new SharedValues<string>();
        var oracle = new ValueOracle();
        int units = random.Next(2, 14);
        for (int unit = 0; unit < units; unit++)
        {
            int[] providers = [.. Enumerable.Range(0, unit).Where(_ => random.Next(3) == 0)];
            ValueSet<string> inherited = values.Inherit(unit, providers, out IReadOnlyList<ValueConflict> conflicts);
            (Dictionary<string, (int Writer, string Value)> expected, List<string> expectedConflicts) = oracle.Inherit(unit, providers, keys);
            string text = $"seed {seed}, unit {unit}";
            Assert.AreEqual(
                string.Join(' ', expected.OrderBy(one => one.Key).Select(one => $"{one.Key}={one.Value.Value} of {one.Value.Writer}")),
                string.Join(' ', inherited.ToSortedList().Select(one => $"{one.Key}={one.Value} of {inherited.WriterOf(one.Key)}")),
                text);
            Assert.AreEqual(string.Join(' ', expectedConflicts), string.Join(' ', conflicts.Select(one => one.Key)), text);
            if (random.Next(8) == 0)
            {
                continue;
            }

            KeyValuePair<string, string>[] written = [.. keys.Where(_ => random.Next(3) == 0).Select(key => KeyValuePair.Create(key, $"v{random.Next(4)}"))];
            values.Provide(unit, written);
            oracle.Provide(unit, written);
        }
    }

    private void Write(int unit, int[] providers, params string[] written)
    {
        _values.Inherit(unit, providers, out _);
        _values.Provide(unit, [.. written.Select(one => KeyValuePair.Create(one.Split('=')[0], one.Split('=')[1]))]);
    }

    private string Inherit(int unit, int[] providers) => Of(_values.Inherit(unit, providers, out _));

    private static string Of(ValueSet<string> set) => string.Join(' ', set.ToSortedList().Select(one => $"{one.Key}={one.Value}"));
}
