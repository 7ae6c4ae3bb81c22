using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pexen.Sdk.Tests.Ends;
using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Contract;

/// <summary>A service that is a real server, with processes of its own and its own idea of stopping: PostgreSQL, where it is installed (rules 24 to 26).</summary>
[TestClass]
[TestCategory("EndToEnd")]
[OSCondition(OperatingSystems.Linux)]
public sealed class PostgreSqlTests : OneProject
{
    private static readonly string? Programs = FindPrograms();

    private const string Answers = "command:. ./postgres.sh; pg_isready -q -h 127.0.0.1 -p {0}";

    /// <summary>A database that takes connections may still say that it is starting up: who asks for the port only has to wait for an answer.</summary>
    private const string Listens = "port:{0}";

    private readonly int _port = FreePort();

    private string Data => Path.Combine(Path.GetTempPath(), $"pexen-pg-{_port}");

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(Answers)]
    [DataRow(Listens)]
    [DataRow("output:database system is ready to accept connections")]
    public void ChecksNeedADatabase_ItIsUpForAllOfThemAndShutDownAfterTheFinalizer(string readyWhen)
    {
        BuildRun run = With(readyWhen, "insert into seen values (1)").Build("one/one.proj").Succeeded();

        AssertRecord(run, "Succeeded");
        Assert.AreEqual("3", File.ReadAllText(Sandbox["one/seen"]).Trim(), "what the checks wrote was there for the finalizer");
        AssertShutDown(run);
    }

    [TestMethod]
    [Timeout(Minutes, CooperativeCancellation = true)]
    [DataRow(Signals.Interrupt)]
    [DataRow(Signals.Terminate)]
    [DataRow(Signals.Kill)]
    public void BuildIsEndedWhileChecksRun_FinalizersHaveTheDatabaseAndItIsShutDown(int signal)
    {
        using StartedBuild build = With(Answers, "select pg_sleep(600)").Start(["build", "one/one.proj"]).WaitFor("one/check3");

        _ = signal == Signals.Interrupt ? build.SendToGroup(signal) : build.Send(signal);

        BuildRun run = build.WaitForEnd();
        build.WaitForNothingLeft();
        AssertRecord(run, "Cancelled");
        Assert.AreEqual("0", File.ReadAllText(Sandbox["one/seen"]).Trim());
        AssertShutDown(run);
    }

    private Sandbox With(string readyWhen, string check)
    {
        if (Programs is null)
        {
            Assert.Inconclusive("PostgreSQL is not installed (apt-get install postgresql)");
        }

        // It does not run as root, and the folder of the test is not for others then.
        string script = $$"""
            PATH={{Programs}}:$PATH
            as=
            test "$(id -u)" != 0 || as='setpriv --reuid=postgres --regid=postgres --clear-groups'
            sql() { psql -q -h 127.0.0.1 -p {{_port}} -U pexen -d postgres "$@"; }
            answers() { until pg_isready -q -h 127.0.0.1 -p {{_port}}; do sleep 0.1; done; }
            init() { mkdir -m 777 {{Data}}; cd {{Data}}; $as initdb -D db -U pexen -A trust -N; }
            serve() { cd {{Data}}; exec $as postgres -D db -p {{_port}} -h 127.0.0.1 -k {{Data}} -F 2>&1; }
            """;
        string[] checks = [.. Enumerable.Range(1, 3).Select(number => Unit($"check{number}", $"touch check{number}; sql -c '{check}'", "Requires=\"tables;db\" "))];
        return Sandbox.With("one/postgres.sh", script + "\n").WithEnding(
            "one",
            [
                Unit("cluster", "init"),
                Unit("db", "serve", $"Requires=\"cluster\" Service=\"true\" GracePeriod=\"30s\" ReadyWhen=\"{string.Format(CultureInfo.InvariantCulture, readyWhen, _port)}\" "),
                Unit("migrate", $"{(readyWhen == Listens ? "answers" : ":")}; sql -c 'create table seen (x int)'", "Requires=\"db\" Provides=\"tables\" "),
                .. checks,
                Unit("drop", "sql -A -t -c 'select count(*) from seen' > seen; sql -c 'drop table seen'", "Finalizes=\"migrate\" "),
                Unit("wipe", $"rm -r {Data}", "Finalizes=\"cluster\" After=\"db\" "),
            ]);
    }

    private static string Unit(string name, string command, string more = "") => EndingProjects.Unit(name, $". ./postgres.sh; {command}", more);

    private void AssertShutDown(BuildRun run)
    {
        JsonElement Recorded(string name) => Units(run).Single(unit => unit.GetProperty("name").GetString() == name);
        foreach (string name in new[] { "cluster", "db", "migrate", "drop", "wipe" })
        {
            Assert.AreEqual("Succeeded", Recorded(name).GetProperty("outcome").GetString(), $"{name}: {run.Output}");
        }

        Assert.AreEqual("stopped", Recorded("db").GetProperty("reason").GetString());
        string log = File.ReadAllText(Sandbox[$"one/obj/pexen/Debug/AfterBuild/{Recorded("db").GetProperty("log").GetString()}"]);
        Assert.Contains("database system is shut down", log, "it had the time to end by itself");
        Assert.IsFalse(Directory.Exists(Data), "the second finalizer waits for the end of the service");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindPrograms()
    {
        string[] debian = Directory.Exists("/usr/lib/postgresql") ? [.. Directory.GetDirectories("/usr/lib/postgresql").Select(version => $"{version}/bin")] : [];
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return debian.Concat(path).FirstOrDefault(folder => File.Exists($"{folder}/postgres") && File.Exists($"{folder}/initdb") && File.Exists($"{folder}/psql"));
    }
}
