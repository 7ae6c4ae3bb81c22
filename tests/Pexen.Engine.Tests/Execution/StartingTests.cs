using System.Text;
using Pexen.Execution;
using Pexen.Model;

namespace Pexen.Engine.Tests.Execution;

[TestClass]
public sealed class StartingTests
{
    private const int Limit = 30_000;

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AProgramEndsWithACode_TheCodeIsTold(string executor)
    {
        using var rig = new Rig(executor);
        AttemptEnd end = rig.Run(rig.ChildProgram("exit", "42"));
        Assert.AreEqual(42, end.ExitCode, end.StartFailure);
        Assert.IsNull(end.Signal);
        Assert.AreEqual(0, end.OutputBytes);
        Assert.IsFalse(File.Exists(rig.Log()), "a log without a byte");
        Assert.IsFalse(end.Stopped);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AProgramIsEndedByASignal_TheSignalIsTold()
    {
        using var rig = new Rig("linux");
        AttemptEnd end = rig.Run(rig.ChildProgram("signal", "9"));
        Assert.AreEqual(9, end.Signal);
        Assert.IsNull(end.ExitCode);
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ArgumentsWithEveryKindOfCharacter_ArriveByteForByte(string executor)
    {
        using var rig = new Rig(executor);
        string[] arguments = ["a b", "\"q\"", "'s'", "$HOME", "%PATH%", "a;b", @"c:\d\", @"\\""x", "two\nlines", "", "äöü€𝄞", "*", "-n", "`x`", "!", "\t"];
        AttemptEnd end = rig.Run(rig.ChildProgram(["args", .. arguments]));
        Assert.AreEqual(0, end.ExitCode, end.StartFailure);
        string[] seen = rig.LogText().TrimEnd('\n').Split('\n');
        CollectionAssert.AreEqual(arguments.Select(argument => Convert.ToHexString(Encoding.UTF8.GetBytes(argument))).ToArray(), seen);
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ACommandOfSeveralLines_StopsAtTheFirstThatFails(string executor)
    {
        using var rig = new Rig(executor);
        AttemptEnd end = rig.Run(rig.Command("echo \"one  $0\"\n( exit 7 )\necho two"));
        Assert.AreEqual(7, end.ExitCode);
        Assert.AreEqual("one  /bin/sh\n", rig.LogText().Replace("one  -c", "one  /bin/sh", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void NoStandardInput_IsAtItsEnd(string executor)
    {
        using var rig = new Rig(executor);
        Assert.AreEqual(0, rig.Run(rig.Command("cat; echo done")).ExitCode);
        Assert.AreEqual("done\n", rig.LogText());
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AStandardInput_IsRead(string executor)
    {
        using var rig = new Rig(executor);
        File.WriteAllText(rig.PathOf("in.txt"), "from a file");
        Assert.AreEqual(0, rig.Run(rig.Command("cat") with { StandardInput = "in.txt" }).ExitCode);
        Assert.AreEqual("from a file", rig.LogText());
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AWorkingDirectory_IsWhereItRuns(string executor)
    {
        using var rig = new Rig(executor);
        string folder = Directory.CreateDirectory(rig.PathOf("a b")).FullName;
        Assert.AreEqual(0, rig.Run(rig.Command("pwd") with { WorkingDirectory = folder }).ExitCode);
        Assert.AreEqual(folder + "\n", rig.LogText());
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AProgramOfTheProject_IsMeantFromTheProjectsFolder(string executor)
    {
        using var rig = new Rig(executor);
        Script(rig.PathOf("tool"), "#!/bin/sh\necho \"$1\"\n", executable: true);
        AttemptEnd end = rig.Run(rig.Launch(new ExecutableWork("./tool", ["x"])) with { WorkingDirectory = "/" });
        Assert.AreEqual(0, end.ExitCode, end.StartFailure);
        Assert.AreEqual("x\n", rig.LogText());
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AUnitsOwnPath_DecidesWhichProgramIsFound(string executor)
    {
        using var rig = new Rig(executor);
        Directory.CreateDirectory(rig.PathOf("bin"));
        Script(rig.PathOf("bin/mine"), "#!/bin/sh\necho mine\n", executable: true);
        Launch launch = rig.Launch(new ExecutableWork("mine", [])) with { Environment = [new("PATH", "/nowhere:bin")] };
        AttemptEnd end = rig.Run(launch);
        Assert.AreEqual(0, end.ExitCode, end.StartFailure);
        Assert.AreEqual("mine\n", rig.LogText());
    }

    [TestMethod]
    [DataRow("tool.sh", "echo sh $1", false, "sh x\n")]
    [DataRow("tool.sh", "#!/usr/bin/env -S sh -e\necho env $1", false, "env x\n")]
    [DataRow("tool", "#!/bin/sh\necho direct $1", true, "direct x\n")]
    [DataRow("tool", "echo plain $1", true, "plain x\n")]
    [DataRow("tool.py", "import sys; print('py', sys.argv[1])", false, "py x\n")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AScript_IsRunByWhatItSays(string name, string text, bool executable, string output)
    {
        foreach (string executor in new[] { "linux", "portable" })
        {
            using var rig = new Rig(executor);
            Script(rig.PathOf(name), text + "\n", executable);
            AttemptEnd end = rig.Run(rig.Launch(new ScriptWork(name, ["x"])));
            Assert.AreEqual(0, end.ExitCode, executor + end.StartFailure);
            Assert.AreEqual(output, rig.LogText());
        }
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void WhatCannotBeStarted_SaysWhichAndWhy(string executor)
    {
        using var rig = new Rig(executor);
        Script(rig.PathOf("plain"), "echo\n", executable: false);
        Script(rig.PathOf("bad"), "#!/no/such/interpreter\n", executable: true);
        Script(rig.PathOf("binary"), "no program\n", executable: true);
        Directory.CreateDirectory(rig.PathOf("folder"));
        Refused(rig, rig.Launch(new ExecutableWork("no-such-program", [])), "'no-such-program' was not found on PATH");
        Refused(rig, rig.Launch(new ExecutableWork("./missing", [])), $"'{rig.PathOf("missing")}' does not exist");
        Refused(rig, rig.Launch(new ExecutableWork("./plain", [])), $"'{rig.PathOf("plain")}' is not executable (no run bit)");
        Refused(rig, rig.Launch(new ExecutableWork("./folder", [])), $"'{rig.PathOf("folder")}' is a directory");
        Refused(rig, rig.Launch(new ExecutableWork("./bad", [])), "the interpreter that its first line");
        Refused(rig, rig.Launch(new ExecutableWork("./binary", [])), "is not a program that this system can run");
        Refused(rig, rig.Launch(new ScriptWork("missing.sh", [])), $"the script '{rig.PathOf("missing.sh")}' does not exist");
        Refused(rig, rig.Launch(new ScriptWork("plain", [])), "has no run bit and no known ending");
        Refused(rig, rig.Command("true") with { WorkingDirectory = "/no/such" }, "the working directory '/no/such' does not exist");
        Refused(rig, rig.Command("true") with { StandardInput = "none.txt" }, $"'{rig.PathOf("none.txt")}', does not exist");
        Refused(rig, rig.Launch(new ExecutableWork("true", ["a\0b"])), "contains a NUL character");
        Refused(rig, rig.Launch(new ScriptWork("a\0b.sh", [])), "");
        Refused(rig, rig.Command("true") with { StandardOutput = "plain/out.txt" }, "could not be written");
    }

    [TestMethod]
    [DataRow("-x")]
    [DataRow("+e")]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ACommandLooksLikeAnOption_ItIsACommandAllTheSame(string first)
    {
        using var rig = new Rig("linux");
        Assert.AreEqual(0, rig.Run(rig.Command($"{first} 2>/dev/null || echo there is no program of that name")).ExitCode);
        Assert.AreEqual("there is no program of that name\n", rig.LogText());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AChild_HasDefaultSignalsAnEmptyMaskAndThreeDescriptors()
    {
        using var rig = new Rig("linux");
        Assert.AreEqual(0, rig.Run(rig.Command("cat /proc/self/status | grep -E '^Sig(Blk|Ign|Cgt)'; ls /proc/self/fd; yes | head -1; ps -o pid= -o sid= -p $$")).ExitCode);
        string text = rig.LogText();
        // 32 and 33 are the C library's own.
        StringAssert.Contains(text, "SigBlk:\t0000000000000000\nSigIgn:\t0000000180000000\nSigCgt:\t0000000000000000\n");
        StringAssert.Contains(text, "\n0\n1\n2\n3\ny\n", "ls itself has 3 open");
        string[] ids = text.TrimEnd().Split('\n')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.AreEqual(ids[0], ids[1], "a session of its own");
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AReaderGoesAway_TheWriterEndsSilently()
    {
        using var rig = new Rig("linux");
        Assert.AreEqual(0, rig.Run(rig.Command("yes | head -1")).ExitCode);
        Assert.AreEqual("y\n", rig.LogText());
    }

    private static void Refused(Rig rig, Launch launch, string sentence)
    {
        AttemptEnd end = rig.Run(launch);
        Assert.IsNotNull(end.StartFailure, sentence);
        StringAssert.Contains(end.StartFailure, sentence);
    }

    private static void Script(string path, string text, bool executable)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows() && executable)
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
