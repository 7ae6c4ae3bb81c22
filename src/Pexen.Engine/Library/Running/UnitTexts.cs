using System.Collections.Immutable;
using Pexen.Execution.Exchange;
using Pexen.Model;
using Pexen.Planning;

namespace Pexen.Library;

/// <summary>Makes definitions of units: every text read as the project file's is, all problems found.</summary>
internal sealed class UnitTexts
{
    private readonly SchedulerOptions _options;
    private readonly string _folder;
    private readonly ICollection<Diagnostic> _problems;
    private readonly TimingTexts _timing;

    public UnitTexts(SchedulerOptions options, string folder, ICollection<Diagnostic> problems)
    {
        (_options, _folder, _problems) = (options, folder, problems);
        _timing = new TimingTexts(options, Bad);
    }

    public UnitDefinition Read(Unit unit)
    {
        if (NameText.Parse(unit.Name, out _) is { } allowed)
        {
            Bad(unit, "Name", unit.Name, allowed);
        }

        CheckNumbers(unit);
        CheckKind(unit);
        CheckProcess(unit);
        ExitCodes successCodes = ReadSuccessCodes(unit);
        return new UnitDefinition
        {
            Name = unit.Name,
            Work = ReadWork(unit),
            WorkingDirectory = Path.GetFullPath(unit.WorkingDirectory is { Length: > 0 } own && !own.Contains('\0') ? own : _folder, _folder),
            Environment = unit.Environment.Count == 0 ? [] : [.. unit.Environment.Select(pair => new NamedValue(pair.Key, pair.Value))],
            Provides = WithOwnName(unit.Name, List<Capability>(unit, "Provides", unit.Provides, RequirementText.ParseCapability)),
            Requires = List<Requirement>(unit, "Requires", unit.Requires, RequirementText.ParseRequirement),
            RequiresAny = List<RequirementChoice>(unit, "RequiresAny", unit.RequiresAny, RequirementText.ParseChoice),
            After = List<Requirement>(unit, "After", unit.After, RequirementText.ParseRequirement),
            Priority = unit.Priority,
            Claims = Distinct(List<string>(unit, "Claims", unit.Claims, NameText.ParseResource)),
            Uses = List<ResourceUse>(unit, "Uses", unit.Uses, RequirementText.ParseUse),
            Slots = Math.Max(1, unit.Slots),
            Group = unit.Group,
            OnDemand = unit.OnDemand,
            Timeout = unit.Work is NoWork ? null : TimingTexts.OrNone(unit.Timeout ?? _options.DefaultTimeout),
            GracePeriod = unit.GracePeriod ?? _options.GracePeriod,
            Timing = _timing.Read(unit, ReadCodes(unit, "RetryOnExitCodes", unit.RetryOnExitCodes), successCodes),
            Limits = ReadLimits(unit),
            Finalizes = Distinct(List<string>(unit, "Finalizes", unit.Finalizes, NameText.Parse)),
            FinalizesOn = ReadFinalizesOn(unit),
            SuccessExitCodes = successCodes,
            SkipExitCodes = ReadCodes(unit, "SkipExitCodes", unit.SkipExitCodes),
            ControlledExitCodes = ReadCodes(unit, "ControlledExitCodes", unit.ControlledExitCodes),
            OnFailure = unit.OnFailure,
            OnCrash = unit.OnCrash,
            OnControlledFailure = unit.OnControlledFailure,
            ContinueOnError = unit.ContinueOnError ? FailureTolerance.WarnAndContinue : FailureTolerance.ErrorAndStop,
        };
    }

    private FinalizesOn ReadFinalizesOn(Unit unit)
    {
        if (!Enum.IsDefined(unit.FinalizesOn))
        {
            Bad(unit, "FinalizesOn", $"{unit.FinalizesOn}", "Allowed are Always and Failure");
        }
        else if (unit.FinalizesOn != FinalizesOn.Always && unit.Finalizes.Count == 0)
        {
            Bad(unit, "FinalizesOn", $"{unit.FinalizesOn}", "Only a unit that names others in Finalizes is a finalizer");
        }

        return unit.FinalizesOn;
    }

    private Limits ReadLimits(Unit unit)
    {
        if (unit.MemoryLimit is null or 0)
        {
            return unit.Preemptible ? Limits.Default : new Limits { Preemptible = false };
        }

        if (unit.MemoryLimit < LimitsReader.LeastMemory)
        {
            Bad(unit, "MemoryLimit", $"{unit.MemoryLimit}", "Allowed are bytes, at least 1,000,000, for no process has less; null or 0 is none");
        }

        if (unit.Work is not LaunchedWork)
        {
            Bad(unit, "MemoryLimit", $"{unit.MemoryLimit}", "A delegate shares the memory of the program that runs it, so nobody can tell what is its own: make it a method or a process");
        }

        return new Limits { Memory = unit.MemoryLimit, Preemptible = unit.Preemptible };
    }

    private Work ReadWork(Unit unit) => unit.Work switch
    {
        ProcessWork process => process.Executable,
        MethodCallWork call => ReadCall(unit, call),
        _ => new MilestoneWork(),
    };

    private MethodWork ReadCall(Unit unit, MethodCallWork call)
    {
        if (!MethodText.IsMethod(call.Method))
        {
            Bad(unit, "Method", call.Method, "A method is written Namespace.Type.Method, a nested type as Outer+Inner, without parentheses");
        }

        if (call.Assembly.Contains('\0'))
        {
            Bad(unit, "Assembly", call.Assembly, "Allowed is the path of a file");
        }

        ImmutableArray<string>.Builder arguments = ImmutableArray.CreateBuilder<string>(call.Arguments.Length);
        foreach (object? argument in call.Arguments)
        {
            arguments.Add(ValueText.Of(argument, out string? why) ?? "");
            if (why is not null)
            {
                Bad(unit, "Arguments", argument!.GetType().FullName!, $"An argument goes to another process as text, and this one cannot: {why}");
            }
        }

        return new MethodWork(call.Assembly.Contains('\0') ? _folder : Path.GetFullPath(call.Assembly, _folder), call.Method, arguments.MoveToImmutable());
    }

    private void CheckNumbers(Unit unit)
    {
        if (unit.Slots < 1)
        {
            Bad(unit, "Slots", $"{unit.Slots}", "Allowed are whole numbers from 1 on");
        }
    }

    /// <summary>What would be ignored is refused.</summary>
    private void CheckKind(Unit unit)
    {
        if (unit.Arguments.Count > 0 && unit.Work is not DelegateWork { TakesContext: true })
        {
            Bad(unit, "Arguments", string.Join(", ", unit.Arguments.Keys), "Arguments reach a delegate by its UnitContext, and this unit takes none");
        }

        int codes = unit.SuccessExitCodes.Count + unit.SkipExitCodes.Count + unit.ControlledExitCodes.Count + unit.RetryOnExitCodes.Count;
        if (codes + unit.Environment.Count + (unit.WorkingDirectory is null ? 0 : 1) > 0 && unit.Work is not LaunchedWork)
        {
            Bad(unit, "Process", unit.Name, "Exit codes, Environment and WorkingDirectory belong to units that are made by Unit.Process");
        }
        else if (unit.Work is MethodCallWork && codes > 0)
        {
            Bad(unit, "Method", unit.Name, "A method has no exit code: it succeeds when it returns, and fails by an exception");
        }
    }

    private void CheckProcess(Unit unit)
    {
        if (unit.WorkingDirectory is { } directory && (directory.Trim().Length == 0 || directory.Contains('\0')))
        {
            Bad(unit, "WorkingDirectory", directory, "Allowed is the path of a folder");
        }

        foreach ((string name, string? value) in unit.Environment)
        {
            if (name.Length == 0 || value is null || name.Contains('=') || name.Contains('\0') || value.Contains('\0'))
            {
                Bad(unit, "Environment", name, "A variable has a name without = and NUL, and a value without NUL");
            }
        }
    }

    private ImmutableArray<T> List<T>(Unit unit, string member, IReadOnlyCollection<string> texts, Parser<T> parse)
    {
        if (texts.Count == 0)
        {
            return [];
        }

        ImmutableArray<T>.Builder entries = ImmutableArray.CreateBuilder<T>(texts.Count);
        foreach (string? text in texts)
        {
            string? allowed = parse(text?.Trim() ?? "", out T entry);
            if (allowed is null)
            {
                entries.Add(entry);
            }
            else
            {
                _problems.Add(Diagnostics.BadEntry(Subject(unit), member, text ?? "null", allowed, unit.Name, null));
            }
        }

        return entries.DrainToImmutable();
    }

    private ExitCodes ReadCodes(Unit unit, string member, IReadOnlyCollection<string> texts)
    {
        ImmutableArray<ExitCodeRange> ranges = List<ExitCodeRange>(unit, member, texts, ExitCodesText.ParseEntry);
        return ranges.IsEmpty ? ExitCodes.None : new ExitCodes(ranges);
    }

    /// <summary>As in a project file: 0 is success besides those listed, unless one of the other lists has it.</summary>
    private ExitCodes ReadSuccessCodes(Unit unit)
    {
        if (unit.SuccessExitCodes.Count + unit.SkipExitCodes.Count + unit.ControlledExitCodes.Count == 0)
        {
            return ExitCodes.Zero;
        }

        ExitCodes listed = ReadCodes(unit, "SuccessExitCodes", unit.SuccessExitCodes);
        return listed.Contains(0) || Lists(unit.SkipExitCodes) || Lists(unit.ControlledExitCodes)
            ? listed
            : new ExitCodes([.. ExitCodes.Zero.Ranges, .. listed.Ranges]);

        // What is malformed in those is told when their turn comes.
        static bool Lists(IReadOnlyCollection<string> texts) =>
            texts.Any(text => ExitCodesText.ParseEntry(text, out ExitCodeRange range) is null && range.First <= 0 && range.Last >= 0);
    }

    private static ImmutableArray<string> Distinct(ImmutableArray<string> names) =>
        names.Length < 2 ? names : [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Rule 1: the own name is an unversioned provide, unless it is listed with a version.</summary>
    private static ImmutableArray<Capability> WithOwnName(string name, ImmutableArray<Capability> provides)
    {
        if (provides.IsEmpty)
        {
            return [new Capability(name, null)];
        }

        IEnumerable<Capability> distinct = provides.DistinctBy(capability => (capability.Name.ToUpperInvariant(), capability.Version));
        return provides.Any(capability => capability.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? [.. distinct]
            : [new Capability(name, null), .. distinct];
    }

    private void Bad(Unit unit, string member, string value, string allowed) =>
        _problems.Add(Diagnostics.BadValue(Subject(unit), member, value, allowed, unit.Name, null));

    private static string Subject(Unit unit) => $"Unit {Diagnostics.Quote(unit.Name)}";
}
