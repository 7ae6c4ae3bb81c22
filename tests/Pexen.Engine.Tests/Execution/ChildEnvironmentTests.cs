using Pexen.Execution.Exchange;
using Pexen.Execution.Local;
using Pexen.Model;

namespace Pexen.Engine.Tests.Execution;

[TestClass]
public sealed class ChildEnvironmentTests
{
    private static readonly AttemptIdentity Identity = new("gen", "run-1", 2, "/p", 3, 4, "token");

    [TestMethod]
    public void WhatTheBuildPutIn_IsTakenOut()
    {
        Dictionary<string, string> seen = Of(new()
        {
            ["DOTNET_HOST_PATH"] = "/usr/share/dotnet/dotnet",
            ["MSBuildSDKsPath"] = "/usr/share/dotnet/sdk/10.0.401/Sdks",
            ["MSBuildExtensionsPath"] = "/usr/share/dotnet/sdk/10.0.401/",
            ["MSBUILDFAILONDRIVEENUMERATINGWILDCARD"] = "1",
            ["MSBuildLoadMicrosoftTargetsReadOnly"] = "true",
            ["DOTNET_NUGET_SIGNATURE_VERIFICATION"] = "True",
            ["_MSBUILDTLENABLED"] = "0",
            ["HOME"] = "/home/me",
        });
        string[] ours = ["MSBUILDDISABLENODEREUSE", "DOTNET_CLI_USE_MSBUILD_SERVER", "UseSharedCompilation", "UseRazorBuildServer"];
        CollectionAssert.AreEquivalent(new[] { "HOME" }, seen.Keys.Where(name => !name.StartsWith("PEXEN_", StringComparison.Ordinal) && !ours.Contains(name)).ToArray());
        Assert.AreEqual("1", seen["MSBUILDDISABLENODEREUSE"]);
    }

    [TestMethod]
    public void WhatTheUserSetHimself_Stays()
    {
        Dictionary<string, string> seen = Of(new()
        {
            ["DOTNET_HOST_PATH"] = "/usr/share/dotnet/dotnet",
            ["MSBuildSDKsPath"] = "/home/me/sdks",
            ["DOTNET_NUGET_SIGNATURE_VERIFICATION"] = "false",
            ["DOTNET_CLI_HOME"] = "/home/me",
        });
        Assert.AreEqual("/home/me/sdks", seen["MSBuildSDKsPath"]);
        Assert.AreEqual("false", seen["DOTNET_NUGET_SIGNATURE_VERIFICATION"]);
        Assert.AreEqual("/home/me", seen["DOTNET_CLI_HOME"]);
    }

    [TestMethod]
    public void VariablesOfAnOuterRun_AreReplacedButTheToken()
    {
        Dictionary<string, string> seen = Of(new() { ["PEXEN_UNIT"] = "outer", ["PEXEN_OUTPUT"] = "/outer", ["PEXEN_ANCESTORS"] = "old" });
        Assert.AreEqual("gen", seen["PEXEN_UNIT"]);
        Assert.AreEqual("run-1", seen["PEXEN_RUN_ID"]);
        Assert.AreEqual("2", seen["PEXEN_ATTEMPT"]);
        Assert.AreEqual("/p", seen["PEXEN_PROJECT_DIR"]);
        Assert.AreEqual("3", seen["PEXEN_SLOT"]);
        Assert.AreEqual("4", seen["PEXEN_SLOTS"]);
        Assert.AreEqual("token", seen["PEXEN_ANCESTORS"]);
        Assert.IsFalse(seen.ContainsKey("PEXEN_OUTPUT"));
    }

    [TestMethod]
    public void TheUnitsOwnVariables_WinOverInheritedOnes()
    {
        var environment = ChildEnvironment.From(new Dictionary<string, string> { ["A"] = "host" });
        Assert.AreEqual("unit", environment.For(Identity, [new("A", "unit"), new("PEXEN_UNIT", "x")]).Single(variable => variable.Key == "A").Value);
        Assert.AreEqual("gen", environment.For(Identity, [new("PEXEN_UNIT", "x")]).Single(variable => variable.Key == "PEXEN_UNIT").Value);
    }

    [TestMethod]
    public void WhatProvidersSet_WinsOverTheHostAndLosesToTheUnitsOwn_AndTheirFoldersGoBeforeItsPath()
    {
        var environment = ChildEnvironment.From(new Dictionary<string, string> { ["A"] = "host", ["B"] = "host", ["PATH"] = "/bin" });
        var inherited = new InheritedVariables([new NamedValue("A", "provider"), new NamedValue("B", "provider")], ["/near", "/far"], [new NamedValue("PEXEN_SHARED", "/shared")]);

        var seen = environment.For(Identity, [new("B", "unit"), new("PEXEN_SHARED", "x")], inherited).ToDictionary(one => one.Key, one => one.Value);

        Assert.AreEqual("provider", seen["A"]);
        Assert.AreEqual("unit", seen["B"]);
        Assert.AreEqual(string.Join(Path.PathSeparator, "/near", "/far", "/bin"), seen["PATH"]);
        Assert.AreEqual("/shared", seen["PEXEN_SHARED"]);
    }

    private static Dictionary<string, string> Of(Dictionary<string, string> host) =>
        ChildEnvironment.From(host).For(Identity, []).ToDictionary(variable => variable.Key, variable => variable.Value);
}
