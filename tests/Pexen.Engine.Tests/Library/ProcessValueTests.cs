namespace Pexen.Engine.Tests.Library;

/// <summary>Values to and from units that are processes.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class ProcessValueTests : LibraryTests
{
    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task Process_ReadsWhatDelegatesWroteAndPresetsAsText()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("writer", context =>
                {
                    context.Shared["text"] = "as it is";
                    context.Shared["number"] = 0.5;
                    context.Shared["list"] = new[] { "a", "b" };
                    context.Shared["none"] = null;
                    context.Shared["stream"] = Stream.Null;
                }),
                Shell("reader", "cat \"$PEXEN_SHARED\"; echo $PEXEN_SHARED_NUMBER/$PEXEN_SHARED_WTYPE") with { Requires = ["writer"] },
                Shell("stranger", "cat \"$PEXEN_SHARED\""),
            ],
            new SchedulerOptions { Presets = new Dictionary<string, object?> { ["wtype"] = "Terrestrial", ["number"] = 7 } });

        List<UnitResult> results = await RunAsync(scheduler);

        Assert.AreEqual(
            """{"list":"[\"a\",\"b\"]","none":"","number":"0.5","text":"as it is","wtype":"Terrestrial"}""" + "\n0.5/Terrestrial\n", Of(results, "reader").Output);
        Assert.AreEqual("""{"number":"7","wtype":"Terrestrial"}""" + "\n", Of(results, "stranger").Output);
        Assert.Contains("\"stream\", of type System.IO.Stream+NullStream, cannot be carried to another process", WarningsOf(scheduler, "PEX4007").Single());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task WhatAProcessWrites_GoesToDelegatesAndProcessesAndIntoItsResult()
    {
        List<UnitResult> results = await RunAsync(
            Shell("writer", "echo v=1 >>$PEXEN_OUTPUT; printf 'long<<END\\na\\nb\\nEND\\n' >>$PEXEN_OUTPUT"),
            Unit.Create("delegate", context =>
            {
                string seen = $"{context.Shared["v"]} {context.Shared["long"]}";
                context.Shared["v"] = "2";
                return seen;
            }) with
            { Requires = ["writer"] },
            Shell("reader", "echo $PEXEN_SHARED_V") with { Requires = ["delegate"] },
            Shell("failing", "echo v=3 >>$PEXEN_OUTPUT; exit 1"),
            Nothing("stranger"));

        Assert.AreEqual("1 a\nb", Of(results, "delegate").Value);
        Assert.AreEqual("2\n", Of(results, "reader").Output);
        Assert.AreEqual("1", Of(results, "writer").Shared["v"]);
        Assert.AreEqual("3", Of(results, "failing").Shared["v"]);
        Assert.IsEmpty(Of(results, "stranger").Shared);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task VariablesAndFolders_ReachProcessesThroughDelegatesAndMilestones()
    {
        string folder = Directory.CreateTempSubdirectory("pexen-test-").FullName;
        List<UnitResult> results = await RunAsync(
            Shell("installer", $"printf '#!/bin/sh\\necho found\\n' >{folder}/tool-of-test; chmod +x {folder}/tool-of-test; echo COLOUR=red >>$PEXEN_ENV; echo SIZE=large >>$PEXEN_ENV; echo {folder} >>$PEXEN_PATH"),
            Nothing("between") with { Requires = ["installer"] },
            Unit.Milestone("installed") with { Requires = ["between"] },
            Shell("user", "tool-of-test; echo $COLOUR $SIZE") with { Requires = ["installed"], Environment = new Dictionary<string, string> { ["SIZE"] = "small" } },
            Shell("stranger", "echo \"<$COLOUR>\""));

        Directory.Delete(folder, recursive: true);
        Assert.AreEqual("found\nred small\n", Of(results, "user").Output);
        Assert.AreEqual("<>\n", Of(results, "stranger").Output);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task SeveralResultsOfAProcess_KeepTheirOrderAndBadLinesAreSaid()
    {
        var scheduler = new Scheduler([Shell("a", """
            echo '{"name":"login","status":"pass"}' >>$PEXEN_RESULTS
            echo 'rubbish' >>$PEXEN_RESULTS
            echo '{"name":"logout","status":"fail","note":"slow"}' >>$PEXEN_RESULTS
            """)]);

        UnitResult result = (await RunAsync(scheduler)).Single();

        Assert.AreEqual("login pass, logout fail slow", string.Join(", ", result.Results.Select(one => $"{one.Name} {one.Status} {one.Note}".TrimEnd())));
        Assert.AreEqual(Outcome.Succeeded, result.Outcome);
        Assert.Contains("1 line to PEXEN_RESULTS", WarningsOf(scheduler, "PEX4009").Single());
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LargeValueOddKeysAndKeysThatCollide_AreInTheFileIfNotInVariables()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("writer", context =>
                {
                    context.Shared["large"] = new string('x', 10_000_000);
                    context.Shared["no variable: ä=$(rm)"] = "odd";
                    context.Shared["a-b"] = "1";
                    context.Shared["A.B"] = "2";
                }),
                Shell("reader", "wc -c <\"$PEXEN_SHARED\"; env | grep -c ^PEXEN_SHARED_; grep -o '\"a-b\":\"1\"' \"$PEXEN_SHARED\"; env | grep odd") with { Requires = ["writer"] },
                Unit.Create("delegate", context => ((string)context.Shared["large"]!).Length) with { Requires = ["reader"] },
            ]);

        List<UnitResult> results = await RunAsync(scheduler);

        UnitResult reader = Of(results, "reader");
        string[] lines = reader.Output!.Split('\n');
        Assert.AreEqual(Outcome.Succeeded, reader.Outcome, reader.Message);
        Assert.IsGreaterThan(10_000_000, int.Parse(lines[0], null));
        Assert.AreEqual("1", lines[1], "only the odd key is a variable");
        Assert.AreEqual("\"a-b\":\"1\"", lines[2]);
        Assert.EndsWith("=odd", lines[3]);
        Assert.AreEqual(10_000_000, Of(results, "delegate").Value);
        string[] warnings = WarningsOf(scheduler, "PEX4007");
        Assert.HasCount(2, warnings);
        Assert.IsTrue(Array.Exists(warnings, warning => warning.Contains("would all be the variable PEXEN_SHARED_A_B", StringComparison.Ordinal)), string.Join('\n', warnings));
        Assert.IsTrue(Array.Exists(warnings, warning => warning.Contains("10000000 bytes", StringComparison.Ordinal)), string.Join('\n', warnings));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task ValueWhoseCodeThrows_HurtsNobody()
    {
        var scheduler = new Scheduler(
            [
                Unit.Create("writer", context =>
                {
                    context.Shared["getter"] = new BadGetter();
                    context.Shared["text"] = new Thrower();
                    context.Shared["good"] = "1";
                }),
                Shell("reader", "cat \"$PEXEN_SHARED\"") with { Requires = ["writer"] },
            ]);

        Assert.AreEqual("{\"good\":\"1\"}\n", Of(await RunAsync(scheduler), "reader").Output);
        Assert.HasCount(2, WarningsOf(scheduler, "PEX4007"));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task WhatAProcessWroteCannotBeRead_ItFailsAndItsDependentsAreSkipped()
    {
        List<UnitResult> results = await RunAsync(
            Shell("a", "head -c 70000000 /dev/zero >$PEXEN_OUTPUT"), Nothing("b") with { Requires = ["a"] });

        Assert.AreEqual("a Failed, b Skipped", Text(results));
        Assert.AreEqual("PEX3013", results[0].Code);
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task UnorderedProcessesDisagree_TheLastDeclaredCountsAndItIsSaid()
    {
        var scheduler = new Scheduler(
            [
                Shell("one", "echo v=1 >>$PEXEN_OUTPUT; echo E=1 >>$PEXEN_ENV"),
                Shell("other", "echo v=2 >>$PEXEN_OUTPUT; echo E=2 >>$PEXEN_ENV"),
                Shell("reader", "echo $PEXEN_SHARED_V $E") with { Requires = ["other", "one"] },
            ]);

        Assert.AreEqual("2 2\n", Of(await RunAsync(scheduler), "reader").Output);
        Assert.AreEqual("environment variable 'E', shared value 'v'", string.Join(", ", WarningsOf(scheduler, "PEX4006").Select(text => text.Split("the ", 2)[1].Split(" from")[0]).Order()));
    }

    [TestMethod]
    [Timeout(Limit, CooperativeCancellation = true)]
    public async Task LogFolder_HasLogsAndNothingElse()
    {
        string folder = Directory.CreateTempSubdirectory("pexen-test-").FullName;

        UnitResult result = (await RunAsync(new SchedulerOptions { LogFolder = folder }, Shell("a", "echo v=1 >>$PEXEN_OUTPUT; echo $PEXEN_OUTPUT"))).Single();

        string[] left = [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!)];
        Directory.Delete(folder, recursive: true);
        Assert.AreEqual(Path.GetFileName(result.Log), left.Single());
        Assert.IsFalse(Directory.Exists(Path.GetDirectoryName(result.Output!.Trim())), "the side files outlive the run");
    }

    private static Unit Shell(string name, string command) => Unit.Process(name, "/bin/sh", "-c", command);

    private sealed class Thrower : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => throw new NotSupportedException("never");
    }

    private sealed class BadGetter
    {
        public string Bad => throw new NotSupportedException("never");
    }
}
