using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Pexen.Execution.Supervision;
using Pexen.Model;
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
        string[] runs = arguments[..end];
        List<NamedPipeClientStream> pipes = [.. runs.Where((_, index) => index % 2 == 0).Select(Connect).OfType<NamedPipeClientStream>()];
        int code = NotBegun;
        if (pipes.TrueForAll(MayBegin))
        {
            using var interrupts = new Interrupts(() => pipes.ForEach(pipe => Tell(pipe, TestPrograms.Cancelled)));
            code = RunProgram(arguments[(end + 1)..]);
            interrupts.ProgramHasEnded();
            pipes.ForEach(pipe => Tell(pipe, TestPrograms.Ended));
            pipes.ForEach(WaitForEnd);
        }

        pipes.ForEach(pipe => pipe.Dispose());
        foreach (string folder in runs.Where((_, index) => index % 2 == 1))
        {
            code = Report(new RunFolder(folder)) || code != 0 ? code : 1;
        }

        return code;
    }

    /// <summary>Whoever ends this process alone means the program.</summary>
    private static int RunProgram(string[] command)
    {
        using var program = new Process();
        program.StartInfo.FileName = command[0];
        program.StartInfo.UseShellExecute = false;
        foreach (string argument in command[1..])
        {
            program.StartInfo.ArgumentList.Add(argument);
        }

        program.Start();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            program.Kill(entireProcessTree: true);
        });
        program.WaitForExit();
        return program.ExitCode;
    }

    private static NamedPipeClientStream? Connect(string pipe)
    {
        var client = new NamedPipeClientStream(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            client.Connect(TimeSpan.FromSeconds(10));
            return client;
        }
        catch (Exception exception) when (exception is TimeoutException or IOException or UnauthorizedAccessException)
        {
            // The run is over, which its record tells.
            client.Dispose();
            return null;
        }
    }

    /// <summary>When services are up that waited for this program. False if they will not be: the run is over.</summary>
    private static bool MayBegin(NamedPipeClientStream pipe)
    {
        try
        {
            return pipe.ReadByte() == TestPrograms.Begin;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Tell(NamedPipeClientStream pipe, byte what)
    {
        try
        {
            pipe.WriteByte(what);
        }
        catch (IOException)
        {
            // The run is over.
        }
    }

    private static void WaitForEnd(NamedPipeClientStream pipe)
    {
        try
        {
            _ = pipe.ReadByte();
        }
        catch (IOException)
        {
            // The supervisor is gone.
        }
    }

    /// <summary>False if the run failed, which nobody else can say any more.</summary>
    private static bool Report(RunFolder folder)
    {
        if (File.Exists(folder.Ready))
        {
            // Other programs still need it.
            return true;
        }

        if (RunRecordReader.TryRead(folder.Record) is not RunRecord record || File.Exists(folder.Running))
        {
            Console.Error.WriteLine($"error PEX3012: The supervisor of the services for these tests was lost; see {folder.Events}");
            return false;
        }

        DiagnosticRecord[] errors = [.. record.Diagnostics.Where(problem => problem.Severity == "error")];
        if (record.Outcome == nameof(RunOutcome.Succeeded) && errors.Length == 0)
        {
            return true;
        }

        // A run that succeeded has errors of units after which the build goes on, and fails at its end: here that is now.
        foreach (DiagnosticRecord problem in errors)
        {
            Console.Error.WriteLine($"error {problem.Code}: {problem.Message}");
        }

        Console.Error.WriteLine($"Pexen {record.Phase}: {record.Outcome}; {folder.Record}");
        return false;
    }
}
