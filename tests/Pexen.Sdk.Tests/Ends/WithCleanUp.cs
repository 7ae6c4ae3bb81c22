using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>
/// A project with a service, a unit that uses it, and a finalizer of that unit. The finalizer fails if the service has been stopped before it, or if it has not
/// inherited what the service said.
/// </summary>
public abstract class WithCleanUp : OneProject
{
    private const string Service = "rm -f closed; trap 'touch closed; exit 0' TERM; echo $$ > db.tmp; mv db.tmp db.pid; echo port=5 >> $PEXEN_OUTPUT; echo open; while :; do sleep 0.1; done";

    private protected StartedBuild Start(string drop = "touch dropped")
    {
        Put(drop);
        return Sandbox.Start(["build", "one/one.proj"]).WaitFor("one/user.pid");
    }

    private protected void Put(string drop, string? user = null, string userMetadata = "", string project = "one") => Sandbox.WithEnding(
        project,
        EndingProjects.Unit("db", Service, "Service=\"true\" ReadyWhen=\"output:^open$\" "),
        EndingProjects.Unit("user", user ?? EndingProjects.Wait("user"), $"Requires=\"db\" {userMetadata}"),
        EndingProjects.Unit("drop", $"test ! -e closed; test $PEXEN_SHARED_PORT = 5; {drop}", "Finalizes=\"user\" "));

    private protected void AssertCleanedUp(BuildRun run, StartedBuild build, string outcome, string user, string project = "one")
    {
        build.WaitForNothingLeft();
        RecordAssert.KeepsTheRules(Sandbox[$"{project}/obj/pexen/Debug/AfterBuild"]);
        RecordedRun record = run.Run(project, "AfterBuild");
        Assert.AreEqual(
            $"{outcome}: db Succeeded, user {user}, drop Succeeded",
            $"{record.Outcome}: {string.Join(", ", record.Units.Select(unit => $"{unit.GetProperty("name").GetString()} {unit.GetProperty("outcome").GetString()}"))}",
            run.Output);
        Assert.IsTrue(File.Exists(Sandbox[$"{project}/dropped"]));
        Assert.IsTrue(File.Exists(Sandbox[$"{project}/closed"]));
    }

    private protected static string? Outcome(BuildRun run, string name) =>
        Units(run).Single(unit => unit.GetProperty("name").GetString() == name).GetProperty("outcome").GetString();
}
