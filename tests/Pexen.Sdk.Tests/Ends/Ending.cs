using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Ends;

/// <summary>A row of the table of ends: what is done to whom, with which processes running, in which kind of build.</summary>
public sealed record Ending(Blow Blow, Victim Victim, Kin Kin = Kin.All, BuildMode Mode = BuildMode.Ordinary)
{
    /// <summary>Only the loss of the supervisor keeps it from writing the record itself.</summary>
    public bool LosesTheSupervisor => Victim == Victim.Supervisor && Blow is Blow.Kill or Blow.KillGroup;

    /// <summary>Whether whoever would log an error is alive to do it. SIGTERM and SIGHUP end MSBuild without another word.</summary>
    public bool IsToldByTheBuild => Victim switch
    {
        Victim.Entry or Victim.EntryOfTwo => Blow is Blow.Interrupt or Blow.InterruptGroup,
        Victim.Worker => Blow is Blow.Interrupt or Blow.InterruptGroup or Blow.Terminate or Blow.Kill,
        _ => true,
    };

    public IReadOnlyList<string> Projects => Victim is Victim.Worker or Victim.EntryOfTwo ? ["one", "two"] : ["one"];

    public override string ToString() => $"{Words(Blow)} {Words(Victim)}, {Words(Kin)}{(Mode == BuildMode.Ordinary ? "" : $", {Words(Mode)}")}";

    private static string Words(Blow blow) => blow switch
    {
        Blow.InterruptGroup => "SIGINT to the group of",
        Blow.Interrupt => "SIGINT to",
        Blow.Terminate => "SIGTERM to",
        Blow.TerminateGroup => "SIGTERM to the group of",
        Blow.HangUpGroup => "SIGHUP to the group of",
        Blow.Kill => "SIGKILL to",
        _ => "SIGKILL to the group of",
    };

    private static string Words(Victim victim) => victim switch
    {
        Victim.Entry => "dotnet build",
        Victim.EntryOfTwo => "dotnet msbuild -m:2",
        Victim.Worker => "a worker node",
        _ => "Pexen.Host",
    };

    private static string Words(Kin kin) => kin switch
    {
        Kin.Plain => "plain child",
        Kin.Setsid => "child in its own session",
        Kin.DoubleFork => "double fork",
        Kin.Stranger => "double fork with an empty environment",
        _ => "all kinds of children",
    };

    private static string Words(BuildMode mode) => mode switch
    {
        BuildMode.MultiThreaded => "-mt",
        BuildMode.NodeReuse => "node reuse",
        _ => "MSBuild server",
    };
}
