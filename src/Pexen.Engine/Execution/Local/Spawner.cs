using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Pexen.Execution.Local;

/// <summary>
/// Starts processes by posix_spawn: a session of their own, default signals, empty mask, descriptors 0, 1 and 2 only (rule 39).
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class Spawner : IDisposable
{
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    /// <summary>More than any C library on Linux needs for either structure (336 and 80 bytes).</summary>
    private const int StructureSize = 1024;

    private const string Shell = "/bin/sh";

    private readonly byte* _attributes = (byte*)NativeMemory.AllocZeroed(StructureSize);
    private readonly byte* _actions = (byte*)NativeMemory.AllocZeroed(StructureSize);
    private readonly NativeBlock _block = new();
    private readonly DescriptorLimit _descriptors = new();
    private readonly int _null = Libc.Open("/dev/null", Libc.ReadOnly);
    private readonly Libc.ResourceLimit _mark;
    private bool _marks;

    public Spawner()
    {
        byte* signals = stackalloc byte[256];
        Libc.InitializeAttributes(_attributes);
        Libc.SetAttributeFlags(_attributes, SetSignalDefaults | SetSignalMask | SetSession);
        NativeMemory.Clear(signals, 256);
        Libc.SetSignalMask(_attributes, signals);
        *(ulong*)signals = IgnoredSignals();
        Libc.SetDefaultSignals(_attributes, signals);
        Libc.ResourceLimit limit;
        _marks = Libc.GetLimit(Libc.LimitLocks, &limit) == 0;
        _mark = limit;
    }

    /// <summary>The id of the new process. The mark is put into a limit that every descendant inherits, see <see cref="Marks"/>.</summary>
    /// <param name="launch">What to start.</param>
    /// <param name="output">Becomes its descriptor 1.</param>
    /// <param name="error">Becomes its descriptor 2.</param>
    /// <param name="mark">Its mark.</param>
    /// <param name="channel">Becomes its descriptor 3; or -1.</param>
    /// <param name="group">The folder of the control group that it is to be in, or null.</param>
    public int Start(Launch launch, int output, int error, ulong mark, int channel = -1, string? group = null)
    {
        CommandLine command = CommandLine.For(launch);
        int input = OpenInput(launch);
        try
        {
            Mark(mark);
            int problem = TryStart(command, launch, input, output, error, channel, group, out int pid, out string file);
            if (problem == Libc.NotExecutableFormat && command.Otherwise is { } otherwise)
            {
                problem = TryStart(otherwise, launch, input, output, error, channel, group, out pid, out file);
            }

            return problem == 0 ? pid : throw ProgramLookup.Explain(file, launch, problem, Libc.Message(problem));
        }
        finally
        {
            if (input != _null)
            {
                Libc.Close(input);
            }
        }
    }

    public void Dispose()
    {
        _block.Dispose();
        Libc.Close(_null);
        NativeMemory.Free(_attributes);
        NativeMemory.Free(_actions);
    }

    private int TryStart(CommandLine command, Launch launch, int input, int output, int error, int channel, string? group, out int pid, out string file)
    {
        file = ProgramLookup.Find(command, launch);
        if (group is not null && ProgramLookup.LooksLikeAProgram(file))
        {
            _block.Fill(Shell, launch.WorkingDirectory, Joining(group, file, command), launch.Environment);
        }
        else
        {
            // What the system refuses to start it is to refuse itself, so that we hear why.
            _block.Fill(file, launch.WorkingDirectory, command.Arguments, launch.Environment);
        }

        Libc.InitializeActions(_actions);
        Libc.AddDuplicate(_actions, input, 0);
        Libc.AddDuplicate(_actions, output, 1);
        Libc.AddDuplicate(_actions, error, 2);
        if (channel >= 0)
        {
            Libc.AddDuplicate(_actions, channel, 3);
        }

        Libc.AddChangeDirectory(_actions, _block.Directory);
        int id = 0;
        _descriptors.Lower();
        int problem = Libc.Spawn(&id, _block.Path, _actions, _attributes, _block.Arguments, _block.Environment);
        _descriptors.Raise();
        Libc.DestroyActions(_actions);
        pid = id;
        return problem;
    }

    /// <summary>
    /// A shell that joins the group and becomes the program: from its first moment on whatever that has, and starts, is counted there. The C library has no such
    /// attribute before version 2.39.
    /// </summary>
    private static ImmutableArray<string> Joining(string group, string file, CommandLine command) =>
        ["-c", "{ echo 0 >\"$0\"; } 2>/dev/null; exec \"$@\"", Path.Combine(group, "cgroup.procs"), file, .. command.Arguments];

    /// <summary>
    /// What exec does not set back by itself: a caught signal is at its default in the new program, an ignored one stays ignored. The runtime ignores
    /// SIGPIPE, and who started us may have ignored more. Naming only these spares every launch a call for each of 64 signals.
    /// </summary>
    private static ulong IgnoredSignals()
    {
        const string name = "SigIgn:";
        const ulong pipe = 1UL << (13 - 1);
        const ulong ofTheLibrary = 3UL << (32 - 1);
        string status = File.ReadAllText("/proc/self/status");
        int at = status.IndexOf(name, StringComparison.Ordinal);
        ReadOnlySpan<char> rest = status.AsSpan(at + name.Length);
        ulong ignored = ulong.Parse(rest[..rest.IndexOf('\n')].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (ignored | pipe) & ~ofTheLibrary;
    }

    private int OpenInput(Launch launch)
    {
        if (launch.StandardInput is null)
        {
            return _null;
        }

        string file = Path.GetFullPath(launch.StandardInput, launch.ProjectDirectory);
        int input = Libc.Open(file, Libc.ReadOnly);
        return input >= 0 ? input : throw new StartException(Libc.LastError == Libc.NotFound
            ? $"the file for its standard input, '{file}', does not exist"
            : $"the file for its standard input, '{file}', could not be opened: {Libc.Message(Libc.LastError)}");
    }

    /// <summary>One call per start (0.5 microseconds measured). Where the limit may not be set, the environment's mark has to do.</summary>
    private void Mark(ulong mark)
    {
        if (_marks)
        {
            Libc.ResourceLimit limit = _mark;
            limit.Soft = mark;
            _marks = Libc.SetLimit(Libc.LimitLocks, &limit) == 0;
        }
    }
}
