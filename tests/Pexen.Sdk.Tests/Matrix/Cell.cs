namespace Pexen.Sdk.Tests.Matrix;

/// <summary>One combination of all dimensions.</summary>
public sealed record Cell(Way Way, Frameworks Frameworks, Reach Reach, Verb Verb, Switch Switch)
{
    /// <summary>All that can be written down, the impossible ones included, in the order of the document.</summary>
    public static IReadOnlyList<Cell> All { get; } =
    [
        .. from way in Enum.GetValues<Way>()
           from frameworks in Enum.GetValues<Frameworks>()
           from reach in Enum.GetValues<Reach>()
           from verb in Enum.GetValues<Verb>()
           from option in Enum.GetValues<Switch>()
           select new Cell(way, frameworks, reach, verb, option),
    ];

    /// <summary>Those that are tests.</summary>
    public static IReadOnlyList<Cell> Possible { get; } = [.. All.Where(cell => Impossible.Why(cell) is null)];

    /// <summary>In which every two values that go together come together at least once.</summary>
    public static IReadOnlyList<Cell> Pairwise { get; } = AllPairs.Choose(Possible);

    public IReadOnlyList<int> Values => [(int)Way, (int)Frameworks, (int)Reach, (int)Verb, (int)Switch];

    public bool IsTest => Verb is Verb.TestByVSTest or Verb.TestByPlatform;

    public override string ToString() => $"{Words.Of(Way)}, {Words.Of(Frameworks)}, {Words.Of(Reach)}, {Words.Of(Verb)}, {Words.Of(Switch)}";
}
