using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

/// <summary>A plan that grew in pieces is the plan that would have been made of all units at once, wherever rule 32 lets them all in.</summary>
[TestClass]
public sealed class LivePlanPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(3232, 33);

    /// <summary>What a unit provides and asks for, by small numbers: capabilities c0 to c4 in versions 1 and 2, or units by name.</summary>
    private static readonly Gen<Shape> Shapes =
        from provides in Gen.ArrayOf(Gen.Choose(0, 9))
        from requires in Gen.ArrayOf(Gen.Choose(0, 24))
        from any in Gen.ArrayOf(Gen.Choose(0, 24))
        from after in Gen.ArrayOf(Gen.Choose(0, 24))
        select new Shape(provides.Take(2), requires.Take(1), any.Take(2), after.Take(1));

    private static readonly Arbitrary<(Shape[] Old, Shape[] New, int Piece)> Growth = (
        from old in Gen.ArrayOf(Shapes)
        from added in Gen.ArrayOf(Shapes)
        from piece in Gen.Choose(1, 4)
        select (old.Take(6).ToArray(), added.Take(8).ToArray(), piece)).ToArbitrary();

    [TestMethod]
    public void PlanGrownInPieces_IsThePlanOfAllAtOnce()
    {
        (int whole, int grown) = (0, 0);
        Check.One(Seeded, Prop.ForAll(Growth, growth =>
        {
            // Everything waits for the writer, so that everything takes part in what is added: a unit that does not would be left alone.
            UnitDeclaration everything = Unit("u1", ("Provides", "c0 1.0;c1 1.0;c2 2.0;c3 1.0;c3 2.0;c4"), ("Requires", "u0"));
            UnitDeclaration[] old = [Unit("u0"), everything, .. growth.Old.Select((shape, i) => shape.Declare(i + 2))];
            UnitDeclaration[] added = [.. growth.New.Select((shape, i) => shape.Declare(old.Length + i))];
            if (Planner.Plan(Request(old)).Plan is not Plan before)
            {
                return;
            }

            LivePlan live = new(before, 4, ProjectDirectory);
            ImmutableArray<PlannedUnit> units = before.Units;
            bool refused = false;
            List<Diagnostic> problems = [];
            foreach (UnitDeclaration[] piece in added.Chunk(growth.Piece))
            {
                PlanExtension? extension = live.TryAdd(0, [.. piece.Select(unit => Read(unit).Unit!)], unit => unit == 0, problems);
                refused |= extension is null;
                units = extension is null ? units : Grown(units, extension);
                HasLevels(units);
            }

            PlanResult result = Planner.Plan(Request([.. old, .. added]));
            Plan? atOnce = result.Plan;
            whole += atOnce is null ? 0 : 1;
            if (refused)
            {
                // Lines may require what only a later piece brings; with a single piece there is no later one.
                Assert.IsTrue(atOnce is null || added.Length > growth.Piece, string.Join('\n', problems));
                return;
            }

            grown++;
            Assert.IsNotNull(atOnce, $"what the planner refuses must not grow:\n{string.Join('\n', result.Diagnostics)}\n{string.Join('\n', Shown(units))}");
            CollectionAssert.AreEqual(Shown(atOnce.Units), Shown(units));
        }));

        Assert.IsGreaterThan(100, grown, $"{whole} of the plans can be made at once");
    }

    private static ImmutableArray<PlannedUnit> Grown(ImmutableArray<PlannedUnit> units, PlanExtension extension)
    {
        foreach (AddedDependency added in extension.Dependencies)
        {
            PlannedUnit unit = added.Unit < units.Length ? units[added.Unit] : throw new AssertFailedException("an edge of a unit that is new");
            Assert.DoesNotContain(added.Dependency, unit.Dependencies);
            units = units.SetItem(added.Unit, unit with { Dependencies = unit.Dependencies.Add(added.Dependency) });
        }

        return units.AddRange(extension.Units);
    }

    /// <summary>No cycle: taking away units that wait for nobody left empties the plan.</summary>
    private static void HasLevels(ImmutableArray<PlannedUnit> units)
    {
        HashSet<int> left = [.. Enumerable.Range(0, units.Length)];
        while (left.RemoveWhere(unit => units[unit].Dependencies.All(edge => !left.Contains(edge.Unit))) > 0)
        {
        }

        Assert.IsEmpty(left);
    }

    private static string[] Shown(ImmutableArray<PlannedUnit> units) =>
        [.. units.Select(unit => $"{unit.Name}: {string.Join(", ", unit.Dependencies.Select(edge => edge.ToString()).Order(StringComparer.Ordinal))}")];

    private sealed record Shape(IEnumerable<int> Provides, IEnumerable<int> Requires, IEnumerable<int> Any, IEnumerable<int> After)
    {
        public UnitDeclaration Declare(int number) => Unit(
            $"u{number}",
            ("Provides", string.Join(';', Provides.Select(provided => $"c{provided / 2} {(provided % 2) + 1}.0"))),
            ("Requires", string.Join(';', Requires.Select(asked => Asked(asked, number)).Append("u0"))),
            ("RequiresAny", string.Join('|', Any.Select(asked => Asked(asked, number)))),
            ("After", string.Join(';', After.Select(asked => Asked(asked, number)))));

        private static string Asked(int asked, int unit) => asked switch
        {
            < 5 => $"c{asked}",
            < 8 => $"c{asked - 5} [1,2)",
            < 10 => $"c{asked - 6} 2.0",
            < 24 => $"u{(asked - 10) % unit}",
            _ => $"u{unit + 1}",
        };
    }
}
