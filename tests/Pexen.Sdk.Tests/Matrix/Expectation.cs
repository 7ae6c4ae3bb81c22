namespace Pexen.Sdk.Tests.Matrix;

/// <summary>What has to have happened when the command of a cell is done.</summary>
/// <param name="Phases">The phases that are due, in order; both kinds of units run in each.</param>
/// <param name="Frameworks">Where units of <c>RunPer="TargetFramework"</c> run.</param>
/// <param name="Warnings">Codes of warnings; without any, not one may be given.</param>
internal sealed record Expectation(IReadOnlyList<string> Phases, IReadOnlyList<string> Frameworks, IReadOnlyList<string> Warnings)
{
    /// <summary>Where the frameworks' units run in a project without one.</summary>
    public const string NoFramework = "any";

    /// <summary>Units that ran, each as often as it is named here.</summary>
    public IEnumerable<string> Runs => Phases.SelectMany(phase => Frameworks.Select(framework => $"{phase}-each {framework}").Prepend(phase));

    /// <summary>Records that there are below the output directory, with the units in them.</summary>
    public IEnumerable<string> Records =>
        Phases.SelectMany(phase => Frameworks.Select(framework => $"{framework}/{phase}: {phase}-each Succeeded").Prepend($"{phase}: {phase} Succeeded"));

    public static Expectation Of(Cell cell)
    {
        bool isReference = cell.Reach == Reach.Reference;
        IReadOnlyList<string> phases = cell.Verb switch
        {
            Verb.DesignTime or Verb.Clean => [],
            Verb.Build or Verb.Rebuild => ["BeforeBuild", "AfterBuild"],

            // What is published, packed or tested is the project that was named; one that it refers to is only built.
            _ when isReference => ["BeforeBuild", "AfterBuild"],
            Verb.Publish => ["BeforeBuild", "AfterBuild", "BeforePublish", "AfterPublish"],
            Verb.Pack => ["BeforeBuild", "AfterBuild", "BeforePack", "AfterPack"],
            Verb.TestByVSTest => ["BeforeBuild", "AfterBuild", "BeforeTest", "AfterTest"],
            _ => ["BeforeBuild", "AfterBuild", "BeforeTest"],
        };

        // A reference needs one framework, and publishing asks for one.
        bool one = cell.Frameworks == Matrix.Frameworks.One || isReference || cell.Verb == Verb.Publish;
        IReadOnlyList<string> frameworks = cell.Way == Way.StandAlone ? [NoFramework] : one ? [Shape.First] : [Shape.First, Shape.Second];

        // There is no place after the tests, and that is said.
        IReadOnlyList<string> warnings = cell.Verb == Verb.TestByPlatform && !isReference ? ["PEX2005"] : [];
        return new Expectation(phases, frameworks, warnings);
    }

    public override string ToString() =>
        Phases.Count == 0 ? "nothing" : $"{string.Join(", ", Phases)}; each in {string.Join(", ", Frameworks)}{string.Concat(Warnings.Select(code => $"; {code}"))}";
}
