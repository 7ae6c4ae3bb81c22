using Pexen.Execution.Dispatching;

namespace Pexen.Engine.Tests.Dispatching;

/// <summary>Links among what a unit made: what they lead to is not its own (rule 35).</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class DeclaredOutputsTests
{
    [TestMethod]
    [DataRow("d/")]
    [DataRow("d")]
    [DataRow("d/**/*.txt")]
    [DataRow("d/*/*.txt;d/*.txt")]
    public void FolderHoldsALinkToAnother_WhatLiesThereIsNoOutput(string declared)
    {
        using var folder = new TemporaryFolder();
        Write(folder.Inside("precious", "gold.txt"));
        Write(folder.Inside("d", "own.txt"));
        Directory.CreateSymbolicLink(folder.Inside("d", "link"), "../precious");

        Assert.AreEqual("d/own.txt", Find(folder, declared));
    }

    [TestMethod]
    public void FolderHoldsALinkUpwards_IsNotWalkedInCircles()
    {
        using var folder = new TemporaryFolder();
        Write(folder.Inside("lp", "a", "own.txt"));
        Directory.CreateSymbolicLink(folder.Inside("lp", "a", "up"), "..");

        Assert.AreEqual("lp/a/own.txt", Find(folder, "lp/"));
    }

    [TestMethod]
    public void FolderHoldsLinks_OnlyThoseToFilesAreOutputs()
    {
        using var folder = new TemporaryFolder();
        Write(folder.Inside("nm", "real.txt"));
        File.CreateSymbolicLink(folder.Inside("nm", "alias"), "real.txt");
        File.CreateSymbolicLink(folder.Inside("nm", "dangling"), "nothing");
        File.CreateSymbolicLink(folder.Inside("nm", "self"), "self");

        Assert.AreEqual("nm/alias nm/real.txt", Find(folder, "nm/"));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void FolderHoldsAPipe_IsNotReadAndTheRunDoesNotHang()
    {
        using var folder = new TemporaryFolder();
        Write(folder.Inside("d", "real.txt"));
        using (var make = System.Diagnostics.Process.Start("mkfifo", folder.Inside("d", "pipe")))
        {
            make.WaitForExit();
        }

        Assert.IsTrue(File.Exists(folder.Inside("d", "pipe")));
        Assert.AreEqual("d/real.txt", Find(folder, "d/"));
        CollectionAssert.AreEqual(new[] { "d/pipe" }, DeclaredOutputs.Find(folder.Path, ["d/pipe"], out _).ToArray());
    }

    private static string Find(TemporaryFolder folder, string declared)
    {
        Assert.IsEmpty(DeclaredOutputs.Find(folder.Path, [.. declared.Split(';')], out IReadOnlyCollection<string> files).Where(missing => !declared.Contains(';')));
        return string.Join(' ', DeclaredOutputs.Record(folder.Path, files).Select(output => output.Path));
    }

    private static void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "text");
    }
}
