using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pexen.Host;

/// <summary>
/// Standard input or output by the calls of the system: no buffer, no encoding, no terminal. <c>Console</c> and <c>FileStream</c> look after all that, and take
/// 10 ms of every start for it.
/// </summary>
internal sealed unsafe partial class DescriptorStream : Stream
{
    private const int Interrupted = 4;

    private readonly int _descriptor;

    private DescriptorStream(int descriptor) => _descriptor = descriptor;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Stream Input() =>
        OperatingSystem.IsWindows() ? new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 1) : new DescriptorStream(0);

    public static Stream Output() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(1);

    /// <summary>Not on Windows. For reading, writing or, where it is a socket, both.</summary>
    public static Stream Of(int descriptor) => new DescriptorStream(descriptor);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            return (int)Checked(Read, start, buffer.Length);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            fixed (byte* start = buffer)
            {
                buffer = buffer[(int)Checked(Write, start, buffer.Length)..];
            }
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private nint Checked(Call call, byte* buffer, nint count)
    {
        while (true)
        {
            nint done = call(_descriptor, buffer, count);
            if (done >= 0)
            {
                return done;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* buffer, nint count);

    private delegate nint Call(int descriptor, byte* buffer, nint count);
}
