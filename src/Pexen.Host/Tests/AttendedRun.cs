using System.IO.Pipes;
using Pexen.Execution.Supervision;
using Pexen.Model;
using Pexen.Records;

namespace Pexen.Host.Tests;

/// <summary>A run that is held for a test program, as its attendant sees it.</summary>
internal sealed class AttendedRun : IDisposable
{
    private readonly RunFolder _folder;
    private readonly string? _runId;
    private readonly NamedPipeClientStream? _pipe;
    private int _last = -1;

    /// <param name="pipe">Where its supervisor listens.</param>
    /// <param name="folder">Where its record will be.</param>
    public AttendedRun(string pipe, RunFolder folder)
    {
        _folder = folder;
        _runId = RunRecordReader.TryRead(folder.Ready)?.RunId;
        _pipe = Connect(pipe);
    }

    /// <summary>When services are up that waited for this program. False if they will not be: the run is over.</summary>
    public bool MayBegin() => Read() == TestPrograms.Begin;

    /// <summary>Says something to the supervisor. From any thread.</summary>
    public void Tell(byte what)
    {
        try
        {
            _pipe?.WriteByte(what);
        }
        catch (IOException)
        {
            // The run is over.
        }
    }

    /// <summary>When nothing is left to wait for.</summary>
    /// <param name="abandoned">Called if <c>dotnet test</c> has ended meanwhile.</param>
    public void WaitForEnd(Action abandoned)
    {
        while (Read() == TestPrograms.Abandoned)
        {
            abandoned();
        }
    }

    /// <summary>False if the run failed, which nobody else can say any more.</summary>
    public bool Report()
    {
        if (_last == TestPrograms.GoesOn)
        {
            // Other programs still need it.
            return true;
        }

        if (_runId is not null && RunRecordReader.TryRead(_folder.Running)?.RunId == _runId)
        {
            Console.Error.WriteLine($"error PEX3012: The supervisor of the services for these tests was lost; see {_folder.Events}");
            ReportLost();
            return false;
        }

        if (Record() is not RunRecord record)
        {
            Console.Error.WriteLine($"error PEX3012: The record of the services for these tests was lost; see {_folder.Events}");
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

        Console.Error.WriteLine($"Pexen {record.Phase}: {record.Outcome}; {_folder.Record}");
        return false;
    }

    public void Dispose() => _pipe?.Dispose();

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

    private int Read()
    {
        try
        {
            _last = _pipe?.ReadByte() ?? -1;
        }
        catch (IOException)
        {
            _last = -1;
        }

        return _last;
    }

    /// <summary>Nobody else is there to complete the record, and to end what the run left.</summary>
    private void ReportLost()
    {
        try
        {
            if (Recovery.Recover(_folder) is RecoveredRun recovered)
            {
                Console.Error.WriteLine($"warning PEX3009: {recovered.ToDiagnostic().Message}");
            }
        }
        catch (IOException exception)
        {
            Console.Error.WriteLine($"error PEX3012: {exception.Message}");
        }
    }

    /// <summary>Another run of the phase, which had to wait for the end of this one, may have put its record aside already.</summary>
    private RunRecord? Record() =>
        RunRecordReader.TryRead(_folder.Record) is RunRecord record && (_runId is null || record.RunId == _runId) ? record
        : _runId is null ? null
        : RunRecordReader.TryRead(new RunFolder(Path.Combine(_folder.History, _runId)).Record);
}
