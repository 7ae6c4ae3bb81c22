using System.Diagnostics;
using System.Text;

namespace Pexen.Sdk.Tests.Infrastructure;

/// <summary>A build under way: it can be watched, sent signals and waited for. When this is disposed nothing of it is left, nodes and servers included.</summary>
internal sealed class StartedBuild : IDisposable
{
    private readonly Sandbox _sandbox;
    private readonly Process _process;
    private readonly string _marker;
    private readonly StringBuilder _output = new();
    private readonly CountdownEvent _openStreams = new(2);

    /// <param name="sandbox">Where.</param>
    /// <param name="start">What; it becomes the leader of a session.</param>
    /// <param name="marker">A variable that only processes of this sandbox have.</param>
    public StartedBuild(Sandbox sandbox, ProcessStartInfo start, string marker)
    {
        _sandbox = sandbox;
        _marker = marker;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The entry process, and its group.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the pipe that the build writes to has been closed by everybody who had it: what a CI system waits for.</summary>
    public bool OutputHasEnded => _openStreams.IsSet;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Everything alive that this build or an earlier one in the sandbox started, however far from home it is, if it kept its environment.</summary>
    public IReadOnlyList<LiveProcess> Processes => LiveProcess.With(_marker);

    public IEnumerable<LiveProcess> Supervisors => Processes.Where(process => process.IsSupervisor);

    /// <summary>Waits until the files are there.</summary>
    public StartedBuild WaitFor(params IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            Until.True(() => File.Exists(_sandbox[file]) || HasExited, () => $"there is no {file}:\n{Output}");
            Assert.IsTrue(File.Exists(_sandbox[file]), $"The build ended before {file} was there:\n{Output}");
        }

        return this;
    }

    /// <summary>Waits until the events of the last run of a project's phase have a line with all these texts.</summary>
    public StartedBuild WaitForEvent(string project, params string[] texts)
    {
        string events = _sandbox[$"{project}/obj/pexen/Debug/AfterBuild/events.jsonl"];
        Until.True(
            () => (File.Exists(events) && File.ReadLines(events).Any(line => texts.All(text => line.Contains(text, StringComparison.Ordinal)))) || HasExited,
            () => $"no event with {string.Join(", ", texts)}:\n{Output}");
        Assert.IsFalse(HasExited, Output);
        return this;
    }

    public StartedBuild WaitForOutput(string text)
    {
        Until.True(() => Output.Contains(text, StringComparison.Ordinal) || HasExited, () => $"the build did not say '{text}':\n{Output}");
        Assert.Contains(text, Output);
        return this;
    }

    public StartedBuild Send(int signal)
    {
        Assert.AreEqual(0, Signals.Send(Id, signal), "The build has ended already.");
        return this;
    }

    /// <summary>As a terminal does on Ctrl-C.</summary>
    public StartedBuild SendToGroup(int signal)
    {
        Assert.AreEqual(0, Signals.Send(-Id, signal), "The build has ended already.");
        return this;
    }

    /// <summary>Lets it run on for a moment, or less if it ends; for tests that hold at any moment.</summary>
    public void Pause(TimeSpan moment) => _ = _process.WaitForExit(moment);

    /// <summary>Waits until the entry process has ended and its output is closed.</summary>
    public BuildRun WaitForEnd()
    {
        Until.True(() => _process.HasExited, () => $"the build goes on:\n{Output}");
        Until.True(() => OutputHasEnded, () => $"the build has ended, but somebody keeps its output open:\n{string.Join('\n', Processes)}\n{Output}");
        _process.WaitForExit();
        return new BuildRun(_sandbox, _process.ExitCode, Output);
    }

    /// <summary>Waits until nothing of the build is left; nodes may stay when they were asked to.</summary>
    public void WaitForNothingLeft(bool nodesMayStay = false) => Until.True(
        () => Processes.All(process => nodesMayStay && process.IsNode),
        () => $"processes are left:\n{string.Join('\n', Processes)}\n{Output}");

    public void Dispose()
    {
        Until.True(
            () =>
            {
                IReadOnlyList<LiveProcess> left = Processes;
                foreach (LiveProcess process in left)
                {
                    _ = Signals.Send(process.Id, Signals.Kill);
                }

                return left.Count == 0;
            },
            () => $"processes cannot be ended:\n{string.Join('\n', Processes)}");
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            _openStreams.Signal();
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
