using System.Text;
using System.Text.Json;
using Pexen.Model;
using Pexen.Planning;
using static Pexen.Engine.Tests.Planning.Declare;

namespace Pexen.Engine.Tests.Planning;

[TestClass]
public sealed class PlanOutputTests
{
    [TestMethod]
    public void Text_ShowsOrderWavesReasonsAndTimes()
    {
        string expected = """
            Pexen AfterBuild: 4 units in 2 waves, 4 slots, at least 2.5 s and the time of 1 unit that never ran

            wave 1
              1. other
              2. schema, about 1.0 s
                 claims db

            wave 2
              3. client, about 1.5 s
                 waits for schema
                 waits for the first of (schema|other) schema, other
                 uses gpu*2
                 slots 2
              4. done (milestone)
                 starts after schema
                 priority 5

            choices
              schema|other: the first of schema, other

            resources
              gpu, 2 tokens
              db

            """;
        Assert.AreEqual(expected.ReplaceLineEndings("\n"), PlanText.Write(View()));
    }

    [TestMethod]
    public void Json_SaysWhatThePlanSays()
    {
        using JsonDocument json = JsonDocument.Parse(PlanJson.Write(View()));
        JsonElement client = json.RootElement.GetProperty("units")[1];
        Assert.AreEqual("client", client.GetProperty("name").GetString());
        Assert.AreEqual(2, client.GetProperty("wave").GetInt32());
        Assert.AreEqual(2, client.GetProperty("rank").GetInt32());
        Assert.AreEqual(1500, client.GetProperty("estimatedMs").GetDouble());
        Assert.AreEqual("schema|other", client.GetProperty("dependsOn")[1].GetProperty("choice").GetString());
        Assert.AreEqual(JsonValueKind.Null, client.GetProperty("dependsOn")[0].GetProperty("choice").ValueKind);
        Assert.AreEqual(2, json.RootElement.GetProperty("resources")[0].GetProperty("capacity").GetInt32());
        Assert.AreEqual("schema|other: the first of schema, other", json.RootElement.GetProperty("choices")[0].GetString());
    }

    [TestMethod]
    [DataRow("Requires", "db", "db: pg16 16.3; not sqlite 3.40, lower version; not late 16.3, later Priority; not twin 16.3, declared later; not bare, no version")]
    [DataRow("Requires", "db [3,4)", "db [3,4): sqlite 3.40; not pg16 16.3, outside the range; not late 16.3, outside the range; not twin 16.3, outside the range; not bare, no version")]
    [DataRow("RequiresAny", "cache|queue|nothing", "cache|queue|nothing: the first of redis 7.2, nats; nothing here provides nothing")]
    [DataRow("RequiresAny", "cache 1.*|queue", "cache 1.*|queue: nats; not redis 7.2, outside the range; nothing here provides cache 1.*")]
    public void Choice_IsExplained(string metadata, string required, string explained) => Assert.AreEqual(explained, Good(Request(
        Unit("a", (metadata, required)),
        Unit("sqlite", ("Provides", "db 3.40"), ("OnDemand", "true")),
        Unit("pg16", ("Provides", "db 16.3"), ("OnDemand", "true")),
        Unit("late", ("Provides", "db 16.3"), ("OnDemand", "true"), ("Priority", "1")),
        Unit("twin", ("Provides", "db 16.3"), ("OnDemand", "true")),
        Unit("bare", ("Provides", "db"), ("OnDemand", "true")),
        Unit("redis", ("Provides", "cache 7.2")),
        Unit("nats", ("Provides", "queue")))).Choices.Single());

    [TestMethod]
    public void RequirementWithoutAlternative_IsNoChoice() =>
        Assert.IsEmpty(Good(Request(Unit("a", ("Requires", "b;tool 1.0"), ("RequiresAny", "b")), Unit("b"), Unit("c", ("Provides", "tool 1.0"), ("OnDemand", "true")))).Choices);

    [TestMethod]
    public void Pictures_EscapeWhatMeansSomethingToThem()
    {
        Plan plan = new()
        {
            Units = [new PlannedUnit { Definition = new UnitDefinition { Name = "a\"\\]<b>:c_ü/d", WorkingDirectory = "/" }, Index = 0, Rank = 0 }],
        };
        PlanView view = new(plan, AfterBuild, 2, new Dictionary<string, double>());
        Assert.Contains("label=\"a\\\"\\\\]<b>:c_ü/d\"", GraphDot.Write(view));
        Assert.Contains("u0([\"a#34;#92;#93;#60;b#62;#58;c#95;ü/d\"])", GraphMermaid.Write(view));
        Assert.Contains("ü", JsonDocument.Parse(Encoding.UTF8.GetString(PlanJson.Write(view))).RootElement.GetProperty("units")[0].GetProperty("name").GetString()!);
    }

    [TestMethod]
    public void Pictures_ShowKindsOfEdges()
    {
        Assert.Contains("u0 -> u1;\n  u0 -> u1 [style=dashed];", GraphDot.Write(View()));
        Assert.Contains("u0 -.-> u3", GraphMermaid.Write(View()));
    }

    [TestMethod]
    public void LongChain_IsShownWithoutRecursion()
    {
        Plan plan = Good(ReadyOrderTests.Generated(50_000, i => i == 49_999 ? [] : [$"u{i + 1}"]));
        PlanView view = new(plan, AfterBuild, 2, new Dictionary<string, double>());
        Assert.HasCount(50_000, view.Waves);
    }

    private static PlanView View()
    {
        Dictionary<string, double> durations = new(StringComparer.OrdinalIgnoreCase) { ["schema"] = 1000, ["client"] = 1500 };
        PlanRequest request = Request(
            Unit("schema", ("Command", "x"), ("Claims", "db")),
            Unit("client", ("Command", "x"), ("Requires", "schema"), ("RequiresAny", "schema|other"), ("Uses", "gpu*2"), ("Slots", "2")),
            Unit("other", ("Command", "x")),
            Unit("done", ("After", "schema"), ("Priority", "5"))) with
        { Durations = durations, Resources = [new ResourceDefinition("gpu", 2)] };
        return new PlanView(Good(request), AfterBuild, 4, durations);
    }
}
