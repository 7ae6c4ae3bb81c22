using System.Diagnostics;
using System.Runtime.InteropServices;
using Pexen.Execution.Supervision;
using Pexen.Records;

namespace Pexen.Host.Tests;

/// <summary>Runs a test program in its place, and after that waits for the end of the runs that were held for it, whose failure is then its own.</summary>
internal static class Attendant
{
    private const string EndOfRuns = "--";

    /// <summary>What comes of a program that was not started.</summary>
    private const int NotBegun = 1;

    /// <param name="arguments">For each run its pipe and its folder, then <c>--</c>, then the program and its arguments.</param>
    public static int Run(string[] arguments)
    {
        int end = Array.IndexOf(arguments, EndOfRuns);
        List<AttendedRun> runs = [.. arguments[..end].Chunk(2).Select(run => new AttendedRun(run[0], new RunFolder(run[1])))];
        int code = NotBegun;
        if (runs.TrueForAll(run => run.MayBegin()))
        {
            code = RunProgram(arguments[(end + 1)..], runs);
        }
        else
        {
            Console.Error.WriteLine("Pexen: these tests were not begun, for what is to be up for them is not");
        }

        foreach (AttendedRun run in runs)
        {
            code = run.Report() || code != 0 ? code : 1;
            run.Dispose();
        }

        return code;
    }

    /// <summary>
    /// Whoever ends this process alone means the program; and so does whoever has ended <c>dotnet test</c> in the middle of it, but by Ctrl-C, of which the program has
    /// heard itself.
    /// </summary>
    private static int RunProgram(string[] command, List<AttendedRun> runs)
    {
        using var interrupts = new Interrupts(() => runs.ForEach(run => run.Tell(TestPrograms.Cancelled)));
        using var program = new Process();
        program.StartInfo.FileName = command[0];
        program.StartInfo.UseShellExecute = false;
        foreach (string argument in command[1..])
        {
            program.StartInfo.ArgumentList.Add(argument);
        }

        program.Start();
        Task[] ends;
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Kill(program);
        }))
        {
            ends = [.. runs.Select(run => Task.Run(() => run.WaitForEnd(abandoned: () => KillUnlessInterrupted(program, interrupts))))];
            program.WaitForExit();
        }

        interrupts.ProgramHasEnded();
        runs.ForEach(run => run.Tell(TestPrograms.Ended));
        Task.WaitAll(ends);
        return program.ExitCode;
    }

    private static void KillUnlessInterrupted(Process program, Interrupts interrupts)
    {
        if (!interrupts.Came)
        {
            Kill(program);
        }
    }

    private static void Kill(Process program)
    {
        try
        {
            program.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself, or may not be ended by us.
        }
    }
}
