using System.Collections.Immutable;
using Pexen.Execution;
using Pexen.Execution.Dispatching;
using Pexen.Execution.Exchange;
using Pexen.Execution.Local;
using Pexen.Execution.Protocol;
using Pexen.Model;

namespace Pexen.Host;

/// <summary>
/// Code is loaded, bound and partly compiled at its first use: most of the time between the request and the first process. So what the first unit
/// will need is used once, for nothing and in memory only, by a second thread, while the first still waits for the request and reads it.
/// </summary>
internal static class Rehearsal
{
    public static void Begin() => new Thread(Run) { IsBackground = true, Name = "rehearsal" }.Start();

    /// <summary>What comes last in a run first, since the thread that runs the units comes from the other end.</summary>
    internal static void Perform()
    {
        RunRequest request = Sample();
        ImmutableArray<NamedValue> environment = ChildEnvironment.OfThisProcess().For(
            new AttemptIdentity("rehearsal", "", 1, "/", 1, 1, null), [], InheritedVariables.None);
        LocalExecutor.Rehearse(environment);
        using var nobody = new NullExecutor();
        new Dispatcher(request, nobody, TimeProvider.System, static _ => { }, (_, _, _, _) => environment).Rehearse();
        RunRequestReader.Read(RunRequestWriter.Write(request).Span);
    }

    private static void Run()
    {
        try
        {
            Perform();
        }
        catch (Exception)
        {
            // The real thing will say what is wrong.
        }
    }

    private static RunRequest Sample() => new()
    {
        RunId = "rehearsal",
        BuildId = "rehearsal",
        ProjectFile = "/rehearsal.proj",
        ProjectName = "rehearsal.proj",
        Phase = "AfterBuild",
        Folder = "/rehearsal",
        MaxParallel = 1,
        Plan = new Plan
        {
            Units =
            [
                new PlannedUnit
                {
                    Index = 0,
                    Rank = 0,
                    Definition = new UnitDefinition
                    {
                        Name = "rehearsal",
                        Work = new ExecutableWork("/bin/true", ["one"]),
                        WorkingDirectory = "/",
                        Provides = [new Capability("rehearsal", null)],
                    },
                },
            ],
        },
    };
}
