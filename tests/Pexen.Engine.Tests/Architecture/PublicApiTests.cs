using System.Runtime.CompilerServices;
using Pexen.Records;

namespace Pexen.Engine.Tests.Architecture;

[TestClass]
public sealed class PublicApiTests
{
    /// <summary>When this fails on purpose: run it with <c>PEXEN_APPROVE_API=1</c>, which writes <c>PublicApi.approved.txt</c> anew, and say so in the changelog.</summary>
    [TestMethod]
    public void WhatStrangersCanCall_IsWhatWasApproved()
    {
        string folder = Path.GetDirectoryName(ThisFile())!;
        string received = PublicApi.Of(typeof(RunRecord).Assembly);
        string approvedFile = Path.Combine(folder, "PublicApi.approved.txt");
        string approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : "";
        if (approved != received && Environment.GetEnvironmentVariable("PEXEN_APPROVE_API") == "1")
        {
            File.WriteAllText(approvedFile, received);
            approved = received;
        }

        Assert.AreEqual(approved, received);
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
