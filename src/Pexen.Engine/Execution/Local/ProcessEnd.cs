namespace Pexen.Execution.Local;

/// <summary>Tells once that a process has ended, which need not be a child of ours. Linux from 5.3 on; elsewhere it never tells.</summary>
internal sealed unsafe class ProcessEnd : IDisposable
{
    private readonly Action _ended;
    private readonly int _process;
    private readonly int _stop;
    private readonly Thread? _thread;
    private volatile bool _hasEnded;

    /// <param name="pid">The process.</param>
    /// <param name="ended">Called on a thread of its own.</param>
    public ProcessEnd(int pid, Action ended)
    {
        _ended = ended;
        _process = Libc.OpenProcess(pid);
        if (_process < 0 && Libc.LastError != Libc.NoProcess)
        {
            return;
        }

        _stop = Libc.EventDescriptor(0, Libc.CloseOnExec);
        _thread = new Thread(Watch) { IsBackground = true, Name = "end of a process" };
        _thread.Start();
    }

    public bool HasEnded => _hasEnded;

    /// <summary>Returns when nothing will be told any more.</summary>
    public void Dispose()
    {
        if (_thread is null)
        {
            return;
        }

        long one = 1;
        _ = Libc.Write(_stop, (byte*)&one, sizeof(long));
        _thread.Join();
        _ = Libc.Close(_stop);
        if (_process >= 0)
        {
            _ = Libc.Close(_process);
        }
    }

    private void Watch()
    {
        const long Readable = 1L << 32;
        const ulong Answer = 0xFFFF_0000_0000_0000;
        long* both = stackalloc long[] { (uint)_process | Readable, (uint)_stop | Readable };
        while (_process >= 0 && Libc.Poll(both, 2, -1) < 0)
        {
            // A signal came to this thread.
        }

        if (_process < 0 || ((ulong)both[0] & Answer) != 0)
        {
            _hasEnded = true;
            _ended();
        }
    }
}
