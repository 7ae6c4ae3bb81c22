using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Pexen.Execution;
using Pexen.Execution.Local;
using Pexen.Values;

namespace Pexen.Engine.Tests.Execution;

[TestClass]
public sealed class OutputTests
{
    private const int Limit = 60_000;

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void BytesThatAreNoText_ReachTheLogAsTheyAre(string executor)
    {
        using var rig = new Rig(executor);
        byte[] bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(rig.PathOf("bytes"), bytes);
        AttemptEnd end = rig.Run(rig.Command("cat bytes"));
        Assert.AreEqual(bytes.Length, end.OutputBytes);
        CollectionAssert.AreEqual(bytes, File.ReadAllBytes(rig.Log()));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void BothStreams_KeepTheirOrder()
    {
        using var rig = new Rig("linux");
        rig.Run(rig.Command("for i in 1 2 3; do echo out $i; echo err $i >&2; done"));
        Assert.AreEqual("out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n", rig.LogText());
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void FilesForTheStreams_GetThemBesidesTheLog(string executor)
    {
        using var rig = new Rig(executor);
        AttemptEnd end = rig.Run(rig.Command("echo out; echo err >&2") with { StandardOutput = "made/deep/out.txt", StandardError = "err.txt" });
        Assert.AreEqual(8, end.OutputBytes, end.StartFailure);
        Assert.AreEqual("out\n", File.ReadAllText(rig.PathOf("made/deep/out.txt")));
        Assert.AreEqual("err\n", File.ReadAllText(rig.PathOf("err.txt")));
        Assert.AreEqual(8, new FileInfo(rig.Log()).Length);
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void Secret_IsNeitherInTheLogNorInTheFileHoweverItIsWritten(string executor)
    {
        using var rig = new Rig(executor);
        Launch launch = rig.Command("printf 'a hunt'; sleep 0.2; printf 'er2 b\n'; printf 'hunter2' >&2; printf 'hunt'") with
        {
            Mask = SecretMask.For(["hunter2"]),
            StandardOutput = "out.txt",
        };

        AttemptEnd end = rig.Run(launch);

        Assert.AreEqual(0, end.ExitCode, end.StartFailure);
        Assert.AreEqual("a *** b\nhunt", File.ReadAllText(rig.PathOf("out.txt")), "and what only began like it is there");
        Assert.IsFalse(rig.LogText().Contains("hunter2", StringComparison.Ordinal), rig.LogText());
        Assert.AreEqual("a *** b\n***hunt".Length, rig.LogText().Length);
        Assert.AreEqual(rig.LogText().Length, end.OutputBytes);
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AHundredMegabytesFromOneUnit_PassInBoundedMemory(string executor)
    {
        const long Bytes = 100_000_000;
        using var rig = new Rig(executor);
        using var self = Process.GetCurrentProcess();
        long before = self.WorkingSet64;
        AttemptEnd end = rig.Run(rig.ChildProgram("flood", $"{Bytes}"));
        self.Refresh();
        Assert.AreEqual(0, end.ExitCode, end.StartFailure);
        Assert.AreEqual(Bytes, new FileInfo(rig.Log()).Length);
        Assert.IsLessThan(20_000_000, self.WorkingSet64 - before);
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void MoreThanTheLogKeeps_TheBeginningAndTheEndStay(string executor)
    {
        using var rig = new Rig(executor);
        AttemptEnd end = rig.Run(rig.Command("i=10000; while [ $i -lt 12000 ]; do echo $i; i=$((i+1)); done") with { LogLimit = 1000 });
        Assert.AreEqual(0, end.ExitCode);
        Assert.AreEqual(12_000, end.OutputBytes);
        Assert.AreEqual(11_000, end.OutputLeftOut);
        string expected = string.Concat(Enumerable.Range(10_000, 2000).Select(i => $"{i}\n"));
        string line = "\n[pexen left out 11000 bytes here: this log keeps 1000 bytes]\n";
        Assert.AreEqual(expected[..500] + line + expected[^500..], rig.LogText());
    }

    [TestMethod]
    [DataRow(1000, 999)]
    [DataRow(1000, 1000)]
    [DataRow(1000, 1001)]
    [DataRow(1000, 1500)]
    [DataRow(1000, 123_457)]
    [DataRow(1, 10)]
    [DataRow(0, 10)]
    [DataRow(20_000_000, 31_000_001)]
    public void ALogOfAnyLength_NeverTakesMoreThanItsLimitAndALine(int limit, int length)
    {
        string file = Path.GetTempFileName();
        byte[] bytes = RandomNumberGenerator.GetBytes(length);
        var log = new OutputLog(file, limit);
        for (int at = 0, step = 1; at < length; at += step, step = Math.Min((step * 7 % 65_521) + 1, length - at))
        {
            log.Write(bytes.AsSpan(at, Math.Min(step, length - at)));
            Assert.IsLessThanOrEqualTo(limit, new FileInfo(file).Length);
        }

        log.Close();
        byte[] kept = File.ReadAllBytes(file);
        File.Delete(file);
        int tail = Math.Min(limit / 2, 4 << 20);
        byte[] line = Encoding.UTF8.GetBytes($"\n[pexen left out {length - limit} bytes here: this log keeps {limit} bytes]\n");
        byte[] expected = length <= limit ? bytes : [.. bytes[..(limit - tail)], .. line, .. bytes[^tail..]];
        Assert.IsTrue(kept.AsSpan().SequenceEqual(expected));
        Assert.AreEqual(Math.Max(0, length - limit), log.LeftOut);
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void TheDiskIsFull_TheUnitIsStoppedAndTheDiskNamed(string executor)
    {
        using var rig = new Rig(executor);
        string disk = Directory.CreateDirectory(rig.PathOf("disk")).FullName;
        if (rig.Run(rig.Command($"mount -t tmpfs -o size=256k none '{disk}'", 1)).ExitCode != 0)
        {
            Assert.Inconclusive("mounting a small disk is not permitted here");
        }

        try
        {
            AttemptEnd end = rig.Run(rig.Command("head -c 1000000 /dev/zero; sleep 60") with { Log = Path.Combine(disk, "0.log") });
            Assert.IsNotNull(end.OutputFailure);
            StringAssert.Contains(end.OutputFailure, "0.log");
            StringAssert.Contains(end.OutputFailure, "No space left");
        }
        finally
        {
            Assert.AreEqual(0, rig.Run(rig.Command($"umount '{disk}'", 1)).ExitCode);
        }
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ALinkInPlaceOfTheLog_IsNotFollowed()
    {
        foreach (string executor in new[] { "linux", "portable" })
        {
            using var rig = new Rig(executor);
            File.WriteAllText(rig.PathOf("precious"), "keep");
            File.CreateSymbolicLink(rig.Log(), rig.PathOf("precious"));
            AttemptEnd end = rig.Run(rig.Command("echo x; sleep 60"));
            StringAssert.Contains(end.OutputFailure ?? "", "symbolic link");
            Assert.AreEqual("keep", File.ReadAllText(rig.PathOf("precious")));
        }
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void AStrangerHoldsTheOutput_TheUnitEndsAllTheSame()
    {
        using var rig = new Rig("linux");
        // A process of this test, not of the unit, opens the unit's output as long as the unit runs, and keeps it.
        rig.Executor.Start(rig.Command("echo $$ > pid; while [ ! -e held ]; do sleep 0.01; done; echo end"));
        string pid = rig.Await(rig.PathOf("pid"));
        using var held = new FileStream($"/proc/{pid}/fd/1", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        File.WriteAllText(rig.PathOf("held"), "");
        var clock = Stopwatch.StartNew();
        AttemptEnd end = rig.End();
        Assert.AreEqual(0, end.ExitCode);
        Assert.IsLessThan(5000, clock.ElapsedMilliseconds);
        Assert.AreEqual("end\n", rig.LogText());
    }

    [TestMethod]
    [DataRow("linux")]
    [DataRow("portable")]
    [Timeout(Limit, CooperativeCancellation = true)]
    public void ManyUnitsAtOnce_EachHasItsOwnOutput(string executor)
    {
        using var rig = new Rig(executor);
        for (int i = 0; i < 40; i++)
        {
            rig.Executor.Start(rig.Command($"for n in 1 2 3 4 5; do echo line $n of {i}; done", i));
        }

        for (int i = 0; i < 40; i++)
        {
            Assert.AreEqual(0, rig.End().ExitCode);
        }

        for (int i = 0; i < 40; i++)
        {
            Assert.AreEqual(string.Concat(Enumerable.Range(1, 5).Select(n => $"line {n} of {i}\n")), rig.LogText(i));
        }
    }
}
