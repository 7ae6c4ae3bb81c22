using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NuGet.Versioning;
using Pexen.Execution;
using Pexen.Execution.Protocol;
using Pexen.Execution.Supervision;
using Pexen.Model;

namespace Pexen.Engine.Tests.Dispatching;

[TestClass]
public sealed class RequestRoundTripTests
{
    private static readonly string[] NastyTexts =
        ["", " ", "a\nb", "\"quoted\"", "back\\slash", "%3B;$(x)@(y)", "ünï→語😀", "\u0001\u001f\u007f", "</script>", "{\"a\":1}", "\u2028\u2029", "'`$&|"];

    [TestMethod]
    public void AnyRequest_ArrivesAsItWasSent()
    {
        Prop.ForAll(Requests().ToArbitrary(), request =>
        {
            ReadOnlySpan<byte> line = RunRequestWriter.Write(request).Span;
            RunRequest read = RunRequestReader.Read(line);
            return line.IndexOf((byte)'\n') == line.Length - 1
                && Describe(read) == Describe(request)
                && RunRequestWriter.Write(read).Span.SequenceEqual(line);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [TestMethod]
    public void RequestOfAnotherBuild_IsRefused()
    {
        byte[] line = "{\"protocol\":1,\"build\":\"other\"}"u8.ToArray();

        ProtocolException refused = Assert.ThrowsExactly<ProtocolException>(() => RunRequestReader.Read(line));

        StringAssert.Contains(refused.Message, "another build", StringComparison.Ordinal);
    }

    [TestMethod]
    public void TornRequest_IsRefused()
    {
        using var stage = new Stage();
        byte[] line = RunRequestWriter.Write(stage.With("a").Request()).ToArray();

        Assert.ThrowsExactly<ProtocolException>(() => RunRequestReader.Read(line.AsSpan(0, line.Length / 2)));
    }

    [TestMethod]
    public void EveryMessage_ArrivesAsItWasSent()
    {
        var writer = new HostMessageWriter();
        HostMessage[] messages =
        [
            new HelloMessage(1, "b"),
            new DiagnosticMessage(new Diagnostic("PEX3001", Severity.Error, "a\n\"b\"", "unit", new SourceLocation("f", 3, 4))),
            new DiagnosticMessage(new Diagnostic("PEX4001", Severity.Warning, "")),
            new OutputMessage("u", "/l", 40),
            new OutputMessage("u", "/l", null),
            new StatusMessage("Pexen AfterBuild: 1 of 2 done"),
            new DiagnosticMessage(new Diagnostic("PEX4005", Severity.Message, "slow"), Loud: true),
            new ProgressMessage("u", null, null),
            new ProgressMessage("u", "Failed", 1.5),
            new ReadyMessage("/ready", 3.5),
            new ReadyMessage("/ready", 3.5, MoreFollows: true),
            new FinishMessage("Failed", "/r", new OutcomeCounts(6, 1, 2, 3, 4, 5, 6), 12.5, "dotnet"),
        ];

        foreach (HostMessage message in messages)
        {
            Assert.AreEqual(message, HostMessageReader.Read(writer.Write(message)));
        }
    }

    private static Gen<RunRequest> Requests() =>
        from units in Units().ListOf()
        from text in Texts()
        from number in Gen.Choose(1, 1000)
        select new RunRequest
        {
            RunId = "id",
            BuildId = text,
            ProjectFile = "/p/" + text,
            ProjectName = text,
            Phase = text,
            TargetFramework = number % 2 == 0 ? text : null,
            Folder = "/f",
            MaxParallel = number,
            FailurePolicy = (FailurePolicy)(number % 2),
            MaxFailures = number,
            Timeout = number % 3 == 0 ? TimeSpan.FromTicks(number) : null,
            LogLimit = number,
            Affinity = number % 2 == 0 ? Affinity.Core : Affinity.None,
            SlotProcessors = number % 2 == 0 ? [[number], [1, 2]] : [],
            MemoryLimit = number % 3 == 0 ? number : null,
            MemoryKind = (MemoryKind)(number % 3),
            Masks = [text],
            Held = number % 2 == 0,
            TestPrograms = number % 4 == 0 ? new TestPrograms(number, 7) : null,
            Progress = number % 2 == 1,
            Selection = [text],
            History = number % 2 == 0,
            Diagnostics = [new Diagnostic("PEX2001", Severity.Message, text, text, new SourceLocation(text, number))],
            Plan = new Plan
            {
                Resources = [new ResourceDefinition(text, number % 2 == 0 ? number : null, new SourceLocation("f"))],
                Groups = number % 2 == 0 ? [] : [Group(text, number)],
                Units = [.. units.Select((unit, index) => new PlannedUnit
                {
                    Definition = unit,
                    Index = index,
                    Rank = units.Count - index,
                    Dependencies = index == 0 ? [] : [new Dependency(index - 1, (DependencyKind)(number % 3), number)],
                })],
            },
        };

    private static Gen<UnitDefinition> Units() =>
        from name in Texts()
        from text in Texts()
        from list in Texts().ListOf()
        from number in Gen.Choose(0, 1000)
        from work in Gen.Elements<Work>(
            new MilestoneWork(), new CommandWork(text), new ScriptWork(text, [.. list]), new ExecutableWork(text, [.. list]))
        select new UnitDefinition
        {
            Name = name,
            Work = work,
            WorkingDirectory = text,
            Environment = [new(text, name), new(text, text)],
            StandardInput = number % 2 == 0 ? text : null,
            StandardOutput = number % 3 == 0 ? text : null,
            StandardError = number % 5 == 0 ? text : null,
            ShowOutput = (Occasion)(number % 3),
            ParseDiagnostics = (Occasion)(number % 3),
            FailureHint = number % 2 == 0 ? text : null,
            Provides = [new Capability(name, null), new Capability("c", NuGetVersion.Parse("1.2.3-pre+x")), new Capability("d", NuGetVersion.Parse("1.2"))],
            Requires = [new Requirement(name, null, text)],
            RequiresAny = [new RequirementChoice([new Requirement(name, null, text), new Requirement("x", null, "x 1.0")])],
            After = [new Requirement(text, null, name)],
            Priority = number - 500,
            Claims = [.. list],
            Uses = [new ResourceUse(text, number + 1)],
            Slots = number + 1,
            Timeout = number % 2 == 0 ? TimeSpan.FromTicks(number) : null,
            GracePeriod = TimeSpan.FromTicks(number),
            LogLimit = number % 2 == 0 ? number : null,
            AllowSurvivors = [.. list],
            Limits = number % 5 == 1 ? Limits.Default : new Limits { Memory = number % 2 == 0 ? number + 1 : null, Preemptible = number % 2 == 0, Category = number % 7 == 0 ? text : null, Size = number % 3 },
            Timing = number % 5 == 0 ? Timing.Default : new Timing
            {
                IdleTimeout = number % 2 == 0 ? TimeSpan.FromTicks(number + 1) : null,
                TotalTimeout = number % 3 == 0 ? TimeSpan.FromTicks(number + 1) : null,
                SlowAfter = number % 7 == 0 ? null : TimeSpan.FromTicks(number + 1),
                StartDelay = TimeSpan.FromTicks(number),
                OnTimeout = (TimeoutMeaning)(number % 2),
                Retries = number,
                RetryDelay = TimeSpan.FromTicks(number * 2),
                RetryBackoff = 1 + (number / 3.0),
                RetryOn = (RetryCauses)(number % 64),
                RetryOnExitCodes = ExitCodes.None,
            },
            SuccessExitCodes = new ExitCodes([new ExitCodeRange(0, number)]),
            SkipExitCodes = ExitCodes.None,
            ControlledExitCodes = new ExitCodes([new ExitCodeRange(-number, number), new ExitCodeRange(5, 5)]),
            OnFailure = (Aftermath)(number % 4),
            OnCrash = (Aftermath)(number % 4),
            OnControlledFailure = (Aftermath)(number % 4),
            ContinueOnError = (FailureTolerance)(number % 3),
            Phases = [.. list, "AfterBuild"],
            RunPer = (RunPer)(number % 2),
            Outputs = [.. list],
            AddTo = number % 2 == 0 ? text : null,
            AddToMetadata = [new("Link", text)],
            CleanOutputs = number % 2 == 0,
            Source = number % 2 == 0 ? new SourceLocation(text, number, number) : null,
            Digest = text,
        };

    private static GroupDefinition Group(string text, int number) => new(text, number % 3 == 0 ? null : number, number % 4 == 1, text, new SourceLocation(text, number, number) { Item = number, ItemType = number % 2 == 0 ? null : "PexenGroup" })
    {
        Timeout = number % 3 == 0 ? TimeSpan.FromTicks(number) : null,
        Hooks = new GroupHooks(number % 3 == 0 ? null : text, number % 5 == 0 ? null : text, text),
    };

    private static Gen<string> Texts() => Gen.OneOf(
        Gen.Elements(NastyTexts),
        Gen.Choose(32, 0xD7FF).Select(letter => (char)letter).ArrayOf().Select(letters => new string(letters)));

    /// <summary>Records compare arrays by reference, so what is compared is what they print, with the lists spelled out.</summary>
    private static string Describe(RunRequest request)
    {
        static string List<T>(ImmutableArray<T> items) => string.Join('\u001f', items);
        return string.Join('\u001e', request.Plan.Units.Select(unit => string.Join(
            '\u001d',
            unit.Index,
            unit.Rank,
            List(unit.Dependencies),
            unit.Name,
            unit.Definition.Work.GetType().Name,
            unit.Definition.Work switch
            {
                CommandWork command => command.Text,
                ScriptWork script => script.File + List(script.Arguments),
                ExecutableWork executable => executable.File + List(executable.Arguments),
                _ => "",
            },
            List(unit.Definition.Environment),
            unit.Definition.StandardInput,
            unit.Definition.FailureHint,
            List(unit.Definition.Provides),
            List(unit.Definition.Requires),
            List(unit.Definition.RequiresAny),
            List(unit.Definition.Claims),
            List(unit.Definition.Uses),
            unit.Definition.Timeout,
            unit.Definition.LogLimit,
            unit.Definition.Limits,
            List(unit.Definition.AllowSurvivors),
            unit.Definition.Timing with { RetryOnExitCodes = ExitCodes.None },
            List(unit.Definition.Timing.RetryOnExitCodes.Ranges),
            List(unit.Definition.ControlledExitCodes.Ranges),
            unit.Definition.OnCrash,
            unit.Definition.ContinueOnError,
            List(unit.Definition.Phases),
            List(unit.Definition.AddToMetadata),
            unit.Definition.Source))) + request.Timeout + request.Affinity + string.Join(';', request.SlotProcessors.Select(slot => string.Join(',', slot))) + request.MemoryKind + request.MemoryLimit + request.ProjectFile + List(request.Selection) + List(request.Masks) + List(request.Plan.Groups) + List(request.Diagnostics) + List(request.Plan.Resources);
    }
}
