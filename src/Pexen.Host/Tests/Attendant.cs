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

    /// <param name="arguments">For each run its pipe and its folder, then <c>--</c>, then the program and its arguments.</param>
    public static int Run(string[] arguments)
    {
        int end = Array.IndexOf(arguments, EndOfRuns);
        string[] runs = arguments[..end];
        List<NamedPipeClientStream> pipes = [.. runs.Where((_, index) => index % 2 == 0).Select(Connect).OfType<NamedPipeClientStream>()];
        int code = RunProgram(arguments[(end + 1)..]);
        pipes.ForEach(Tell);
        foreach (string folder in runs.Where((_, index) => index % 2 == 1))
        {
            code = Report(new RunFolder(folder)) || code != 0 ? code : 1;
        }

        return code;
    }

    /// <summary>A terminal tells the program itself of Ctrl-C; whoever ends this process alone means the program.</summary>
    private static int RunProgram(string[] command)
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
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
        var client = new NamedPipeClientStream(".", pipe, PipeDirection.InOut, PipeOptions.CurrentUserOnly);
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

    private static void Tell(NamedPipeClientStream pipe)
    {
        using (pipe)
        {
            try
            {
                pipe.WriteByte(TestPrograms.Ended);
                _ = pipe.ReadByte();
            }
            catch (IOException)
            {
                // The supervisor is gone.
            }
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

        if (record.Outcome == nameof(RunOutcome.Succeeded))
        {
            return true;
        }

        foreach (DiagnosticRecord problem in record.Diagnostics.Where(problem => problem.Severity == "error"))
        {
            Console.Error.WriteLine($"error {problem.Code}: {problem.Message}");
        }

        Console.Error.WriteLine($"Pexen {record.Phase}: {record.Outcome}; {folder.Record}");
        return false;
    }
}
