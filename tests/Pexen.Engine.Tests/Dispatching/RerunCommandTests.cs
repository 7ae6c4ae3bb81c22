using System.Diagnostics;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Model;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>What is printed after a failure is pasted into a shell.</summary>
[TestClass]
public sealed class RerunCommandTests
{
    private static readonly AttemptEnd Good = new() { Unit = 0, ExitCode = 0 };

    private const string Nasty = "/my $x/`id`/it's \"here\" & $(there)/a.proj";

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [Timeout(30_000, CooperativeCancellation = true)]
    public void CommandWithWhatAShellTakesForItsOwn_ArrivesAsItWas()
    {
        using var stage = new Stage();
        RunRequest request = stage.With("a").Request() with { ProjectFile = Nasty, Phase = "Größe", TargetFramework = "net10.0" };
        string line = $"{RerunCommand.For(request, ["a", "b/c"])} {RerunCommand.Property("Opt", "$x;y, \"`'")}";

        string[] expected =
        [
            "dotnet", "build", Nasty, "-t:PexenRun", "-p:PexenPhase=Größe", "-p:PexenUnits=a%3Bb/c", "-p:TargetFramework=net10.0",
            "-p:Opt=$x%3By%2C %22`'",
        ];
        Assert.AreEqual(string.Join('\n', expected), Paste(line));
    }

    [TestMethod]
    public void ServiceFails_ThoseWhoDidNotGetItAreNamed()
    {
        using Stage stage = new Stage().With("db", Service).With("web", Service, requires: "db").With("done", requires: "db").With("page", requires: "web").With("shop", requires: "web");
        stage.Executor.Let("db", TimeSpan.FromHours(1), Good);
        stage.Executor.Let("web", TimeSpan.FromSeconds(3), Good with { ExitCode = 1 });
        stage.Executor.Let("page", TimeSpan.FromHours(1), Good);

        Assert.AreEqual("page", Again(stage), "'shop' and 'done' had ended well");
    }

    [TestMethod]
    public void ServiceFailsWhenAllWhoNeedItHadEndedWell_TheyAreNamedAllTheSame()
    {
        using Stage stage = new Stage().With("db", unit => Service(unit) with { Outputs = ["not-there"] }).With("a", requires: "db").With("b", requires: "db");
        stage.Executor.Let("db", TimeSpan.FromHours(1), Good);

        Assert.AreEqual("a;b", Again(stage));
    }

    [TestMethod]
    public void FinalizerFails_WhatItCleansUpAfterIsNamed()
    {
        using Stage stage = new Stage().With("one").With("two").Finalizing("drop", "two").Finalizing("last", "drop");
        stage.Executor.Let("last", 1);

        Assert.AreEqual("two", Again(stage));
    }

    [TestMethod]
    [DataRow("inner.OnStarted", "two;late")]
    [DataRow("outer.OnFinished", "one;two;late")]
    public void CommandOfAGroupFails_UnitsInItThatDidNotSucceedAreNamed_OrAll(string command, string again)
    {
        using Stage stage = new Stage().WithGroup("outer", change: group => group with { Hooks = new GroupHooks(null, null, "close") })
            .WithGroup("inner", "outer", group => group with { Hooks = new GroupHooks("open", null, null) })
            .With("else").With("one", unit => unit with { Group = "outer" }).With("two", unit => unit with { Group = "inner" }).With("late", unit => unit with { Group = "inner" }, "two");
        stage.Executor.Let(command, 3);

        Assert.AreEqual(again, Again(stage));
    }

    [TestMethod]
    [DataRow("/home/me/a.proj", "/home/me/a.proj", "/home/me/a.proj")]
    [DataRow(@"C:\a b\c.proj", @"'C:\a b\c.proj'", "\"C:\\a b\\c.proj\"")]
    [DataRow(@"C:\c.proj", @"'C:\c.proj'", @"C:\c.proj")]
    [DataRow("it's", @"'it'\''s'", "\"it's\"")]
    [DataRow("", "''", "\"\"")]
    public void Word_IsQuotedWhereItIsNotPlain(string word, string unix, string windows)
    {
        Assert.AreEqual(unix, ShellWord.Quote(word, windows: false));
        Assert.AreEqual(windows, ShellWord.Quote(word, windows: true));
    }

    private static UnitDefinition Service(UnitDefinition unit) => unit with { Service = new ServiceTerms(ReadyKind.Started, "", null) };

    /// <summary>What the command after a run names.</summary>
    private static string Again(Stage stage)
    {
        string command = stage.Play(request => request with { MaxParallel = 4 }).Rerun!;
        return command[(command.IndexOf("-p:PexenUnits=", StringComparison.Ordinal) + 14)..].Replace("%3B", ";", StringComparison.Ordinal);
    }

    private static string Paste(string line)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\n' {line}"]) { RedirectStandardOutput = true };
        using Process shell = Process.Start(start)!;
        return shell.StandardOutput.ReadToEnd().TrimEnd('\n');
    }
}
