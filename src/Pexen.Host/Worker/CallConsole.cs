using System.Text;

namespace Pexen.Host.Worker;

/// <summary>
/// What <see cref="Console"/> is during calls. Nothing is kept back, so that what a method and its children write comes in the order in which they wrote it.
/// What a thread still writes after its method has come back is dropped: it would be in the log of another unit.
/// </summary>
internal sealed class CallConsole
{
    private readonly AsyncLocal<CallSpan?> _current = new();
    private readonly TextWriter _output;
    private readonly TextWriter _error;

    public CallConsole()
    {
        Console.SetOut(new Writer(this, OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : DescriptorStream.Of(1)));
        Console.SetError(new Writer(this, OperatingSystem.IsWindows() ? Console.OpenStandardError() : DescriptorStream.Of(2)));
        Console.SetIn(TextReader.Null);
        _output = Console.Out;
        _error = Console.Error;
    }

    public CallSpan Begin()
    {
        // A method before this one may have put others in their place.
        if (Console.Out != _output)
        {
            Console.SetOut(_output);
        }

        if (Console.Error != _error)
        {
            Console.SetError(_error);
        }

        var span = new CallSpan();
        _current.Value = span;
        return span;
    }

    public void End(CallSpan span)
    {
        span.Ended = true;
        _current.Value = null;
    }

    /// <summary>Writes for ourselves, after the method.</summary>
    public void Say(string text)
    {
        _error.Write(text);
    }

    /// <summary>The extent of one call; it flows to whatever threads and tasks the method starts.</summary>
    internal sealed class CallSpan
    {
        public volatile bool Ended;
    }

    private sealed class Writer(CallConsole console, Stream stream) : TextWriter
    {
        private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

        public override Encoding Encoding => Utf8;

        public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(string? value) => Write(value.AsSpan());

        public override void WriteLine(string? value) => Write(value + Environment.NewLine);

        public override void WriteLine(ReadOnlySpan<char> buffer) => Write(string.Concat(buffer, Environment.NewLine));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (console._current.Value is { Ended: true } || buffer.Length == 0)
            {
                return;
            }

            byte[] bytes = new byte[Utf8.GetMaxByteCount(buffer.Length)];
            stream.Write(bytes.AsSpan(0, Utf8.GetBytes(buffer, bytes)));
            stream.Flush();
        }
    }
}
