using Pexen.Model;
using Pexen.Planning;

namespace Pexen;

/// <summary>What can be wrong with a project before anything runs: PEX1xxx errors, PEX2xxx warnings and messages.</summary>
internal static partial class Diagnostics
{
    /// <summary>Lists in messages end here: who needs more looks into the plan.</summary>
    private const int Shown = 12;

    public static Diagnostic NameUsedTwice(UnitDefinition first, UnitDefinition second) =>
        Error(
            "PEX1001",
            $"Two units are named {Quote(second.Name)}{(first.Name == second.Name ? "" : $" (the other is written {Quote(first.Name)}; case does not count)")}: "
                + $"the first is declared in {Place(first.Source)}. Give one of them another Name.",
            second.Name,
            second.Source);

    public static Diagnostic NothingProvides(UnitDefinition unit, string metadata, string requirement, string? nearest) =>
        Error(
            "PEX1002",
            $"Unit {Quote(unit.Name)}: {metadata} names {Quote(requirement)}, and no unit of the project provides it."
                + (nearest is null ? " Add a unit that lists it in Provides, or remove it." : $" Did you mean {Quote(nearest)}?"),
            unit.Name,
            unit.Source);

    public static Diagnostic NoVersionMatches(UnitDefinition unit, string metadata, Requirement requirement, IEnumerable<string> available) =>
        Error(
            "PEX1003",
            $"Unit {Quote(unit.Name)}: {metadata} asks for {Quote(requirement.Text)}, and none of the versions there are matches: {List(available)}. "
                + "Change the range, or the version in Provides.",
            unit.Name,
            unit.Source);

    public static Diagnostic Cycle(UnitDefinition unit, string path, int more) =>
        Error(
            "PEX1004",
            $"Units wait for each other in a circle: {path}."
                + (more > 0 ? $" {more} more {(more == 1 ? "unit is" : "units are")} part of this knot." : "")
                + " Take one of these out of Requires, RequiresAny, After or Finalizes.",
            unit.Name,
            unit.Source);

    public static Diagnostic ClaimedAndUsed(UnitDefinition unit, string claim, string use) =>
        Error(
            "PEX1005",
            claim.Equals(use, StringComparison.OrdinalIgnoreCase)
                ? $"Unit {Quote(unit.Name)} both claims and uses {Quote(claim)}. A claim holds it alone, a use together with others: keep one of them."
                : $"Unit {Quote(unit.Name)} claims {Quote(claim)} and uses {Quote(use)}, and holding {Quote(claim.Length < use.Length ? claim : use)} "
                    + $"covers {Quote(claim.Length < use.Length ? use : claim)}: keep one of them.",
            unit.Name,
            unit.Source);

    public static Diagnostic BadValue(string subject, string metadata, string value, string allowed, string? unit, SourceLocation? source) =>
        Error("PEX1006", $"{subject}: {metadata}={Quote(value)} is no value for {metadata}. {allowed}.", unit, source);

    public static Diagnostic BadEntry(string subject, string metadata, string entry, string allowed, string? unit, SourceLocation? source) =>
        Error("PEX1006", $"{subject}: the entry {Quote(entry)} is no value for {metadata}. {allowed}.", unit, source);

    public static Diagnostic ResourceDeclaredTwice(ResourceDefinition first, ResourceDefinition second) =>
        Error(
            "PEX1006",
            first.Capacity != second.Capacity
                ? $"Resource {Quote(second.Name)}: Capacity={Quote(Capacity(second))} contradicts {Capacity(first)} in {Place(first.Source)}. "
                    + "Allowed is one capacity for each resource: remove one declaration."
                : first.Scope != second.Scope
                ? $"Resource {Quote(second.Name)}: Scope={Quote($"{second.Scope}")} contradicts {first.Scope} in {Place(first.Source)}. Remove one declaration."
                : $"Resource {Quote(second.Name)}: Instances={Quote(string.Join(';', second.Instances))} contradicts "
                    + $"{Quote(string.Join(';', first.Instances))} in {Place(first.Source)}. Remove one declaration.",
            null,
            second.Source);

    public static Diagnostic GroupDeclaredTwice(GroupDefinition first, GroupDefinition second) =>
        Error(
            "PEX1006",
            $"Group {Quote(second.Name)}: {Describe(second)} contradicts {Describe(first)} in {Place(first.Source)}. Remove one declaration.",
            null,
            second.Source);

    public static Diagnostic GroupInsideItself(GroupDefinition group, IReadOnlyList<string> path) =>
        Error(
            "PEX1006",
            $"Group {Quote(group.Name)}: Group={Quote(group.Parent!)} is no value for Group. It would lie in itself: {string.Join(" in ", path.Take(Shown))}"
                + (path.Count > Shown ? $" in … {path.Count - Shown} more." : "."),
            null,
            group.Source);

    public static Diagnostic UnknownGroup(string subject, string group, string? nearest, string? unit, SourceLocation? source) =>
        Error(
            "PEX1011",
            $"{subject}: Group={Quote(group)} names no group that is declared."
                + (nearest is null ? $" Declare <PexenGroup Include={Quote(group)} /> (in code, SchedulerOptions.Groups), or remove it." : $" Did you mean {Quote(nearest)}?"),
            unit,
            source);

    /// <summary>A message: the unit runs, with what there is.</summary>
    public static Diagnostic MoreSlotsThanThereAre(UnitDefinition unit, int slots) =>
        Message(
            "PEX1006",
            $"Unit {Quote(unit.Name)}: Slots={Quote($"{unit.Slots}")} is more than PexenMaxParallel{(unit.Group is null ? "" : ", or the MaxParallel of its exclusive group,")} allows; it runs with {slots}.",
            unit.Name,
            unit.Source);

    public static Diagnostic MoreThanOneThingToRun(string subject, IReadOnlyList<string> given, string? unit, SourceLocation? source) =>
        Error("PEX1007", $"{subject} has more than one thing to run: {List(given)}. Keep one, and make a unit of each of the others.", unit, source);

    public static Diagnostic OnlyLater(UnitDefinition unit, string metadata, string requirement, PhaseRun run, string provider, PhaseRun providerRun) =>
        Error(
            "PEX1008",
            $"Unit {Quote(unit.Name)} of phase {run.Phase}: {metadata} names {Quote(requirement)}, which only {Quote(provider)} provides, and that runs "
                + WhyNotSeen(run, providerRun),
            unit.Name,
            unit.Source);

    public static Diagnostic PropertySetTwice(UnitDefinition first, UnitDefinition second, string property) =>
        Error(
            "PEX1009",
            $"Units {Quote(first.Name)} and {Quote(second.Name)} both set the property {Quote(property)} in one run, and which value it had afterwards would be chance: give one of them another property.",
            second.Name,
            second.Source);

    public static Diagnostic OutputDeclaredTwice(UnitDefinition first, string firstOutput, UnitDefinition second, string secondOutput) =>
        Error(
            "PEX1009",
            $"Units {Quote(first.Name)} and {Quote(second.Name)} both declare the output {Quote(secondOutput)}"
                + (firstOutput == secondOutput ? "" : $" (the first as {Quote(firstOutput)})")
                + ". Each file has one unit that makes it: give one of them another path.",
            second.Name,
            second.Source);

    public static Diagnostic MoreTokensThanThereAre(UnitDefinition unit, string resource, int tokens, int capacity) =>
        Error(
            "PEX1010",
            $"Unit {Quote(unit.Name)}: Uses asks for {tokens} tokens of {Quote(resource)}, which has Capacity={Quote($"{capacity}")}. "
                + "Ask for fewer, or raise the capacity.",
            unit.Name,
            unit.Source);

    public static Diagnostic TokensOfUncounted(UnitDefinition unit, string resource, int tokens) =>
        Error(
            "PEX1010",
            $"Unit {Quote(unit.Name)}: Uses asks for {tokens} tokens of {Quote(resource)}, which has none. "
                + $"Declare <PexenResource Include={Quote(resource)} Capacity=\"…\" />, or drop the *{tokens}.",
            unit.Name,
            unit.Source);

    public static Diagnostic ChildOfCounted(string subject, string child, string parent, IEnumerable<string> instances, string? unit, SourceLocation? source) =>
        Error(
            "PEX1010",
            $"{subject} names {Quote(child)}, but {Quote(parent)} has a capacity, and a counted resource is divided by its tokens, not by paths. "
                + $"Name {Quote(parent)} itself" + (instances.Any() ? $", or one of its instances: {List(instances)}." : "."),
            unit,
            source);

    public static Diagnostic InstancesOfOneVariable(ResourceDefinition resource, string other, string variable) =>
        Error(
            "PEX1006",
            $"Resource {Quote(resource.Name)}: which of its instances a unit has would be in {variable}, and so would those of {Quote(other)}. Give one of them another name.",
            null,
            resource.Source);

    public static Diagnostic UnknownSelection(string name, string phase, IEnumerable<string> phases, string? nearest, SourceLocation? source) =>
        Error(
            "PEX1011",
            $"PexenUnits names {Quote(name)}, and no unit of phase {phase} has or provides that name."
                + (phases.Any() ? $" It is there in {List(phases)}: choose that by PexenPhase." : nearest is null ? "" : $" Did you mean {Quote(nearest)}?"),
            null,
            source);

    public static Diagnostic UnknownFinalized(UnitDefinition unit, string name, string? nearest) =>
        Error(
            "PEX1011",
            $"Unit {Quote(unit.Name)}: Finalizes names {Quote(name)}, and no unit of the project has that name."
                + (nearest is null ? " It takes names of units; remove it, or add the unit." : $" Did you mean {Quote(nearest)}?"),
            unit.Name,
            unit.Source);

    public static Diagnostic FinalizesNothingOfItsPhase(UnitDefinition unit, UnitDefinition finalized) =>
        Error(
            "PEX1011",
            $"Unit {Quote(unit.Name)}: Finalizes names {Quote(finalized.Name)}, which never runs in the same phase ({List(finalized.Phases)}{(finalized.RunPer == unit.RunPer ? "" : $", RunPer={finalized.RunPer}")}). "
                + "A finalizer belongs to the run of what it finalizes: give both the same Phase and RunPer.",
            unit.Name,
            unit.Source);

    /// <summary>Rule 27.</summary>
    /// <param name="unit">Who needs the service.</param>
    /// <param name="wanted">What it wants.</param>
    /// <param name="service">Who holds that while it is up.</param>
    /// <param name="held">What is held.</param>
    /// <param name="user">Who needs both, where the first is a service itself; else null.</param>
    public static Diagnostic LocksAgainstService(UnitDefinition unit, string wanted, UnitDefinition service, string held, UnitDefinition? user) =>
        LocksAgainstService(unit, wanted, service, held, user is null ? $"which is until {Quote(unit.Name)} has ended: it could never start" : $"and {Quote(user.Name)} needs both to be up at once: one could never start");

    /// <summary>The same where the service is up for the tests, which need all services and come after all units.</summary>
    public static Diagnostic LocksAgainstServiceOfTests(UnitDefinition unit, string wanted, UnitDefinition service, string held) =>
        LocksAgainstService(unit, wanted, service, held, unit.Service is null ? "which is until the tests have ended: it might never start before them" : "and the tests need both to be up at once: one could never start");

    private static Diagnostic LocksAgainstService(UnitDefinition unit, string wanted, UnitDefinition service, string held, string consequence) =>
        Error(
            "PEX1012",
            $"Unit {Quote(unit.Name)} {(unit.Claims.Contains(wanted) ? "claims" : "uses")} {Quote(wanted)}, but the service {Quote(service.Name)} holds {Quote(held)} as long as it is up, "
                + $"{consequence}. Let the service use what it shares with others, or give the parts names of their own.",
            unit.Name,
            unit.Source);

    public static Diagnostic EarlierPhaseNotValid(UnitDefinition unit, string metadata, string requirement, PhaseRun earlier, string why) =>
        Error(
            "PEX1014",
            $"Unit {Quote(unit.Name)}: {metadata} names {Quote(requirement)}, which phase {earlier.Phase} provides, but {why}. "
                + $"Run that first: dotnet build -t:PexenRun -p:PexenPhase={earlier.Phase}",
            unit.Name,
            unit.Source);

    public static Diagnostic NotYet(string what, string? unit, SourceLocation? source) =>
        Error("PEX1016", $"{what} belongs to Pexen, but this version does not have it yet. Remove it, or use a version that has it.", unit, source);

    public static Diagnostic NeverRequired(UnitDefinition unit, Capability capability, bool strict) =>
        new(
            "PEX2001",
            strict ? Severity.Warning : Severity.Message,
            $"Unit {Quote(unit.Name)} provides {Quote(capability.ToString())}, and no unit requires it. Remove it from Provides, or look for a misspelt Requires.",
            unit.Name,
            unit.Source);

    public static Diagnostic MisspeltMetadata(string subject, string name, string meant, string? unit, SourceLocation? source) =>
        Warning("PEX2002", $"{subject}: the metadata {Quote(name)} means nothing to Pexen. Did you mean {Quote(meant)}?", unit, source);

    public static Diagnostic MisspeltPhase(string subject, string phase, string meant, string? unit, SourceLocation? source) =>
        Warning(
            "PEX2002",
            $"{subject}: Phase={Quote(phase)} is a phase of your own, which runs only where a target asks for it. Did you mean {Quote(meant)}?",
            unit,
            source);

    public static Diagnostic PatternMatchedNothing(string pattern, SourceLocation? source, string itemType = "PexenUnit") =>
        Message("PEX2004", $"{itemType} Include={Quote(pattern)} matched no file, so there is no unit of it.", null, source);

    /// <summary>Text of the user's in double quotes: short, on one line, whatever it is.</summary>
    public static string Quote(string text)
    {
        string shown = text.Length > 300 ? text[..300] + "…" : text;
        return shown.Any(char.IsControl) ? $"\"{string.Concat(shown.Select(Visible))}\"" : $"\"{shown}\"";
    }

    private static string Visible(char character) => character switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when char.IsControl(character) => $"\\u{(int)character:x4}",
        _ => character.ToString(),
    };

    private static string WhyNotSeen(PhaseRun run, PhaseRun provider)
    {
        if (run.RunPer == RunPer.Project && provider.RunPer == RunPer.TargetFramework)
        {
            return "once in each target framework (RunPer=\"TargetFramework\"), while this unit runs once per project. Give both the same RunPer.";
        }

        return run.Phase.Equals(provider.Phase, StringComparison.OrdinalIgnoreCase)
            ? $"in the same phase but later: what runs per target framework comes before what runs per project in {run.Phase}. Give both the same RunPer."
            : $"in phase {provider.Phase}, which does not come before {run.Phase}. Move one of them to another Phase.";
    }

    private static string List(IEnumerable<string> entries)
    {
        string[] all = [.. entries];
        return string.Join(", ", all.Take(Shown)) + (all.Length > Shown ? $" and {all.Length - Shown} more" : "");
    }

    private static string Capacity(ResourceDefinition resource) => resource.Capacity is { } capacity ? $"{capacity}" : "none";

    private static string Describe(GroupDefinition group) =>
        $"MaxParallel={Quote(group.MaxParallel is { } width ? $"{width}" : "")} Exclusive={Quote(group.Exclusive ? "true" : "false")} Group={Quote(group.Parent ?? "")}"
            + (group.Timeout is { } timeout ? $" Timeout={Quote(Duration(timeout))}" : "")
            + string.Concat(group.Hooks.Given.Select(hook => $" {hook}={Quote(group.Hooks[hook]!)}"));

    private static string Place(SourceLocation? source) => source switch
    {
        null => "the project",
        { Line: > 0 } => $"{Path.GetFileName(source.File)}({source.Line})",
        _ => Path.GetFileName(source.File),
    };
}
