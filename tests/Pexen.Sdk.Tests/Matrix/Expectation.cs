namespace Pexen.Sdk.Tests.Matrix;

/// <summary>What has to have happened when the command of a cell is done.</summary>
/// <param name="Phases">The phases that are due, in order.</param>
/// <param name="Warnings">Codes of warnings; without any, not one may be given.</param>
internal sealed record Expectation(IReadOnlyList<DuePhase> Phases, IReadOnlyList<string> Warnings)
{
    /// <summary>Units that ran, each as often as it is named here.</summary>
    public IEnumerable<string> Runs => Phases.SelectMany(phase => phase.Runs);

    /// <summary>Records that there are below the output directory, with the units in them.</summary>
    public IEnumerable<string> Records => Phases.SelectMany(phase => phase.Records);

    public static Expectation Of(Cell cell)
    {
        bool isReference = cell.Reach == Reach.Reference;
        string[] build = ["BeforeBuild", "AfterBuild"];
        string[] step = cell.Verb switch
        {
            // What is published, packed or tested is the project that was named; one that it refers to is only built.
            _ when isReference => [],
            Verb.Publish => ["BeforePublish", "AfterPublish"],
            Verb.Pack => ["BeforePack", "AfterPack"],
            Verb.TestByVSTest => ["BeforeTest", "AfterTest"],
            Verb.TestByPlatform => ["BeforeTest"],
            _ => [],
        };

        if (cell.Verb is Verb.DesignTime or Verb.Clean)
        {
            return new Expectation([], []);
        }

        // A reference needs one framework, and publishing asks for one; but where a graph has a reference to a project, MSBuild builds all of its frameworks.
        string[] all = cell.Way == Way.StandAlone ? [DuePhase.NoFramework] : cell.Frameworks == Frameworks.One ? [Shape.First] : [Shape.First, Shape.Second];
        bool graph = cell.Switch == Switch.Graph && cell.Reach != Reach.Direct && cell.Verb is Verb.Build or Verb.Rebuild or Verb.Publish;
        string[] built = (isReference || cell.Verb == Verb.Publish) && !graph ? all[..1] : all;
        string[] stepped = cell.Verb == Verb.Publish ? all[..1] : all;

        // There is no place after the tests, and that is said.
        string[] warnings = cell.Verb == Verb.TestByPlatform && !isReference ? ["PEX2005"] : [];
        return new Expectation([.. build.Select(phase => new DuePhase(phase, built, graph && (isReference || cell.Verb == Verb.Publish))), .. step.Select(phase => new DuePhase(phase, stepped, false))], warnings);
    }

    public override string ToString() =>
        Phases.Count == 0
            ? "nothing"
            : string.Join("; ", Phases.GroupBy(phase => string.Join(", ", phase.Frameworks)).Select(same => $"{string.Join(", ", same.Select(phase => phase.Name))} ({same.Key})").Concat(Warnings));
}
