using System.Runtime.CompilerServices;
using Pexen.Records;

namespace Pexen.Engine.Tests.Architecture;

[TestClass]
public sealed class PublicApiTests
{
    /// <summary>When this fails on purpose: copy <c>PublicApi.received.txt</c> over <c>PublicApi.approved.txt</c> and say so in the changelog.</summary>
    [TestMethod]
    public void WhatStrangersCanCall_IsWhatWasApproved()
    {
        string folder = Path.GetDirectoryName(ThisFile())!;
        string received = PublicApi.Of(typeof(RunRecord).Assembly);
        string approvedFile = Path.Combine(folder, "PublicApi.approved.txt");
        string approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : "";
        if (approved != received)
        {
            File.WriteAllText(Path.Combine(folder, "PublicApi.received.txt"), received);
        }

        Assert.AreEqual(approved, received);
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
