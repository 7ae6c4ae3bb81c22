using System.Runtime.Versioning;
using Pexen.Execution.Protocol;
using Pexen.Execution.Workers;

namespace Pexen.Execution.Local;

/// <summary>
/// A worker process of the Linux executor. It has a socket for calls and answers, and the two pipes of any process for its output; both stay as long as it
/// lives, and so do its number and its mark.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class LinuxWorker(int sequence, bool separate)
{
    private byte[] _line = new byte[1024];
    private int _length;

    /// <summary>That of the attempts that run in it, one after the other.</summary>
    public int Sequence { get; } = sequence;

    /// <summary>Whether standard output and error are two pipes.</summary>
    public bool Separate { get; } = separate;

    public int Pid { get; set; }

    public int ProcessDescriptor { get; set; } = -1;

    public int Channel { get; set; } = -1;

    /// <summary>The ends that we read of its output; the second is -1 where both streams are one.</summary>
    public int[] Output { get; } = [-1, -1];

    /// <summary>It has said that it is there.</summary>
    public bool Ready { get; private set; }

    /// <summary>The attempt that it runs, or that it ran last.</summary>
    public Attempt? Last { get; set; }

    public bool Idle { get; set; }

    /// <summary>Processor time before its present call; the first call pays for its start.</summary>
    public TimeSpan UsedBefore { get; set; }

    /// <summary>False when it does not listen any more.</summary>
    public bool Send(ReadOnlySpan<byte> line)
    {
        const int Patience = 10_000;
        while (line.Length > 0)
        {
            nint count;
            fixed (byte* start = line)
            {
                count = Libc.Send(Channel, start, line.Length);
            }

            if (count >= 0)
            {
                line = line[(int)count..];
            }
            else if (Libc.LastError == Libc.TryAgain)
            {
                // More than a socket holds, and it is only just starting.
                if (!Libc.WaitUntilWritable(Channel, Patience))
                {
                    return false;
                }
            }
            else if (Libc.LastError != Libc.Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The answer that has come whole, if it has. <paramref name="ended"/>: nothing will come any more.</summary>
    public WorkerReply? Hear(out bool ended)
    {
        ended = false;
        WorkerReply? answer = null;
        while (true)
        {
            if (_length == _line.Length)
            {
                Array.Resize(ref _line, _length * 2);
            }

            nint count;
            fixed (byte* start = _line)
            {
                count = Libc.Receive(Channel, start + _length, _line.Length - _length);
            }

            if (count <= 0)
            {
                ended = count == 0 || Libc.LastError is not (Libc.TryAgain or Libc.Interrupted);
                return answer;
            }

            _length += (int)count;
            answer = Lines() ?? answer;
            if (answer is not null)
            {
                return answer;
            }
        }
    }

    public void Close()
    {
        Libc.Close(Channel);
        Channel = -1;
    }

    private WorkerReply? Lines()
    {
        WorkerReply? answer = null;
        int end;
        while ((end = _line.AsSpan(0, _length).IndexOf((byte)'\n')) >= 0)
        {
            try
            {
                WorkerReply reply = WorkerReply.Read(_line.AsSpan(0, end));
                Ready |= reply.Ready;
                answer = reply.Ready ? answer : reply;
            }
            catch (ProtocolException)
            {
                // Something in the worker wrote to a descriptor that is not its own. It is no answer.
            }

            _length -= end + 1;
            _line.AsSpan(end + 1, _length).CopyTo(_line);
        }

        return answer;
    }
}
