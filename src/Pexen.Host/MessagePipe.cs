using Pexen.Execution.Protocol;

namespace Pexen.Host;

/// <summary>Sends messages as lines to standard output. When nobody reads any more it says so once and is silent from then on.</summary>
internal sealed class MessagePipe(Stream output) : IDisposable
{
    private readonly HostMessageWriter _writer = new();
    private bool _lost;

    /// <summary>Called when the reader is gone.</summary>
    public Action? Lost { get; set; }

    public void Send(HostMessage message)
    {
        if (_lost)
        {
            return;
        }

        try
        {
            output.Write(_writer.Write(message));
            output.Flush();
        }
        catch (IOException)
        {
            _lost = true;
            Lost?.Invoke();
        }
    }

    public void Dispose() => output.Dispose();
}
