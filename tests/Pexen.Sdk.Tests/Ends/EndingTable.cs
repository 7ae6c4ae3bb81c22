using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>The rows; docs/ends.md shows them with what each asserts.</summary>
internal static class EndingTable
{
    private static readonly Victim[] Victims = Enum.GetValues<Victim>();
    private static readonly Blow[] MainBlows = [Blow.InterruptGroup, Blow.Terminate, Blow.Kill];

    /// <summary>Each blow to each victim while all kinds of children run, and to the entry process in the other kinds of builds.</summary>
    public static IEnumerable<TestDataRow<Ending>> Always =>
    [
        .. from victim in Victims from blow in MainBlows select Row(new Ending(blow, victim)),
        .. from mode in new[] { BuildMode.MultiThreaded, BuildMode.Server } from blow in MainBlows select Row(new Ending(blow, Victim.Entry, Kin.All, mode)),
    ];

    /// <summary>Each blow to each victim with each kind of child, alone and in each kind of build.</summary>
    public static IEnumerable<TestDataRow<Ending>> All =>
        from mode in Enum.GetValues<BuildMode>()
        from victim in Victims
        from blow in Enum.GetValues<Blow>()
        from kin in MainBlows.Contains(blow) ? Enum.GetValues<Kin>() : [Kin.All]
        where Exists(mode, victim) && Ends(blow, victim)
        select Row(new Ending(blow, victim, kin, mode));

    /// <summary>Under -mt the projects are built in threads of the entry process.</summary>
    private static bool Exists(BuildMode mode, Victim victim) => mode != BuildMode.MultiThreaded || victim is Victim.Entry or Victim.Supervisor;

    /// <summary>A worker node ignores a SIGINT that reaches it alone.</summary>
    private static bool Ends(Blow blow, Victim victim) => blow != Blow.Interrupt || victim != Victim.Worker;

    private static TestDataRow<Ending> Row(Ending ending) => new(ending) { DisplayName = ending.ToString() };
}
