using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Methods;

/// <summary>Contract 2.1 and 8: units that are methods, from the packed package. One project has all that can become of a method.</summary>
[TestClass]
[TestCategory("EndToEnd")]
public sealed class MethodUnitTests : EndToEnd
{
    private const string Steps = """
        using System.Diagnostics;
        namespace Pexen { public sealed class ControlledFailureException(string message) : System.Exception(message) { public bool Provide => true; public bool ReleaseLocks => true; } }
        namespace Test
        {
            public static class Steps
            {
                public static void Pid() => Console.WriteLine(Environment.ProcessId);
                public static void Exit(int code) => Environment.Exit(code);
                public static int Overflow(int depth = 0) => Overflow(depth + 1) + Overflow(depth + 2);
                public static void Kill() => Process.GetCurrentProcess().Kill();
                public static void Hang() => Thread.Sleep(Timeout.Infinite);
                public static Task Throw() => Task.FromException(new InvalidOperationException("no such planet"));
                public static void Controlled() => throw new Pexen.ControlledFailureException("known to fail");
                public static void Leave() => Process.Start("sleep", "111");
                public static string Say(string text, int times, IDictionary<string, string> shared)
                {
                    shared["said"] = text;
                    return string.Concat(Enumerable.Repeat(text, times));
                }

                public static void Hear(IDictionary<string, string> shared) => Console.WriteLine($"{shared["said"]} {shared["return"]} {shared["wtype"]}");
                public static Stream Stream() => System.IO.Stream.Null;
            }
        }
        """;

    [TestMethod]
    [TestCategory("A-44")]
    [TestCategory("PX-R8")]
    [TestCategory("PX-31")]
    [TestCategory("PX-35")]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void WhateverBecomesOfAMethod_IsItsUnitsOwn_AndTheRunGoesOn()
    {
        Sandbox.WithProject(
            "steps",
            $"""
            <PexenUnit Include="pid" {Method("Pid")} />
            <PexenUnit Include="pid-again" {Method("Pid")} After="pid" />
            <PexenUnit Include="exit" {Method("Exit", "0")} After="pid-again" Claims="db" />
            <PexenUnit Include="overflow" {Method("Overflow", "0")} After="exit" />
            <PexenUnit Include="kill" {Method("Kill")} After="overflow" />
            <PexenUnit Include="hang" {Method("Hang")} After="kill" Timeout="300ms" />
            <PexenUnit Include="throw" {Method("Throw")} After="hang" FailureHint="look at the sky" />
            <PexenUnit Include="controlled" {Method("Controlled")} After="throw" />
            <PexenUnit Include="goes-on" {Method("Pid")} Requires="controlled" />
            <PexenUnit Include="waits" {Method("Pid")} Requires="throw" />
            <PexenUnit Include="blocked" {Method("Pid")} Claims="db" After="exit" />
            <PexenUnit Include="leave" {Method("Leave")} After="goes-on" />
            <PexenUnit Include="say" {Method("Say", "ho;2")} />
            <PexenUnit Include="hear" {Method("Hear")} Requires="say" />
            <PexenUnit Include="hear-outside" Command="echo $PEXEN_SHARED_SAID $PEXEN_SHARED_RETURN" Requires="say" />
            <PexenUnit Include="stream" {Method("Stream")} />
            <PexenUnit Include="too-many" {Method("Pid", "1")} />
            <PexenUnit Include="no-number" {Method("Exit", "one")} />
            <PexenUnit Include="no-method" Method="Test.Steps.Pit" Assembly="$(TargetPath)" />
            <PexenUnit Include="no-assembly" Method="Test.Steps.Pid" Assembly="bin/none.dll" />
            <PexenShared Include="wtype" Value="Terrestrial" />
            """,
            "<TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><PexenMaxParallel>1</PexenMaxParallel><PexenGracePeriod>1s</PexenGracePeriod>")
            .With("steps/Source.cs", Steps);

        BuildRun build = Sandbox.Build("steps").Failed("PEX3001");

        RecordedRun run = build.Run("steps", "AfterBuild");
        Assert.AreEqual(run.LogOf("pid"), run.LogOf("pid-again"), "a worker is used again");
        Assert.AreEqual("Failed exit code 0 inside the method", run.OutcomeOf("exit"));
        Assert.AreEqual("Failed signal 6", run.OutcomeOf("overflow"));
        Assert.AreEqual("Failed signal 9", run.OutcomeOf("kill"));
        Assert.AreEqual("TimedOut timeout", run.OutcomeOf("hang"));
        Assert.AreEqual("Failed exception System.InvalidOperationException", run.OutcomeOf("throw"));
        Assert.AreEqual("ControlledFailure exception Pexen.ControlledFailureException", run.OutcomeOf("controlled"));
        Assert.AreEqual("Succeeded", run.OutcomeOf("goes-on"));
        Assert.StartsWith("Skipped", run.OutcomeOf("waits"));
        Assert.StartsWith("Skipped", run.OutcomeOf("blocked"));
        Assert.AreEqual("Succeeded", run.OutcomeOf("leave"));
        Assert.AreEqual("ho hoho Terrestrial\n", run.LogOf("hear"));
        Assert.AreEqual("ho hoho\n", run.LogOf("hear-outside"));
        Assert.AreEqual("Failed result not carried", run.OutcomeOf("stream"));
        foreach (string unit in (string[])["too-many", "no-number", "no-method", "no-assembly"])
        {
            Assert.AreEqual("Failed not started", run.OutcomeOf(unit));
            Assert.AreEqual("PEX3003", run[unit].GetProperty("code").GetString());
        }

        Assert.Contains("failed with System.InvalidOperationException: no such planet.", build.Output);
        Assert.Contains("Hint: look at the sky", build.Output);
        Assert.Contains("Did you mean 'Pid'", build.Output);
        Assert.Contains("PEX4004", build.Warnings);
        Assert.DoesNotContain("Pexen.Host", run.LogOf("throw"));
        Assert.IsEmpty(LiveProcesses(run.Json.GetProperty("runId").GetString()!));
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    public void BadDeclarations_AreFoundBeforeAnythingRuns()
    {
        Sandbox.With("bad/text.dll", "no assembly").WithUnits(
            "bad/bad.proj",
            """
            <PexenUnit Include="no-dll" Method="A.B" />
            <PexenUnit Include="no-type" Method="Main" Assembly="a.dll" />
            <PexenUnit Include="alone" Assembly="a.dll" />
            <PexenUnit Include="two" Method="A.B" Assembly="a.dll" Command="true" />
            <PexenUnit Include="codes" Method="A.B" Assembly="a.dll" SuccessExitCodes="3" />
            <PexenAssembly Include="text.dll" />
            """).WithUnits(
            "absent/absent.proj",
            """
            <PexenAssembly Include="none.dll" />
            <PexenAssembly Include="later.dll" Phase="AfterPublish" />
            """);

        BuildRun build = Sandbox.MSBuild("bad/bad.proj").Failed("PEX1006");

        Assert.Contains("PEX1007", build.Errors);
        string[] said = ["A Method needs the Assembly", "Namespace.Type.Method", "An Assembly goes with the Method", "A Method has no exit code", "text.dll"];
        foreach (string text in said)
        {
            Assert.Contains(text, build.Output);
        }

        BuildRun absent = Sandbox.MSBuild("absent/absent.proj").Failed("PEX1006");
        Assert.Contains("PexenAssembly Include=\"none.dll\": there is no file", absent.Output);
        Assert.DoesNotContain("later.dll", absent.Output);
    }

    private static string Method(string name, string? arguments = null) =>
        $"""Method="Test.Steps.{name}" Assembly="$(TargetPath)" """ + (arguments is null ? "" : $"""Arguments="{arguments}" """);

    private static List<string> LiveProcesses(string runId)
    {
        List<string> living = [];
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(process, "environ")).Contains($"PEXEN_RUN_ID={runId}", StringComparison.Ordinal))
                {
                    living.Add(File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has ended by now.
            }
        }

        return living;
    }
}
