using System.Net;
using System.Net.Sockets;

namespace Pexen.Execution.Dispatching.Probes;

/// <summary>
/// <c>port:N</c>: something on this machine takes connections there. One connection at a time is tried for each kind of address; whether it has come
/// about is seen at the next question, so nothing ever waits.
/// </summary>
internal sealed class PortProbe(int port) : IReadinessProbe
{
    private readonly Socket?[] _tries = new Socket?[2];

    public bool Ask() => HasCome(0, IPAddress.Loopback) || HasCome(1, IPAddress.IPv6Loopback);

    public bool Ended(AttemptEnd end) => Ask();

    public bool Close()
    {
        for (int index = 0; index < _tries.Length; index++)
        {
            _tries[index]?.Dispose();
            _tries[index] = null;
        }

        return false;
    }

    private bool HasCome(int index, IPAddress address)
    {
        try
        {
            Socket? socket = _tries[index];
            if (socket is null)
            {
                socket = _tries[index] = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                Begin(socket, address);
            }

            if (socket.Poll(0, SelectMode.SelectError) || IsRefused(socket))
            {
                Drop(index);
                return false;
            }

            return socket.Poll(0, SelectMode.SelectWrite);
        }
        catch (SocketException)
        {
            // Refused, or there are no addresses of this kind: the next question tries again.
            Drop(index);
            return false;
        }
    }

    private void Begin(Socket socket, IPAddress address)
    {
        try
        {
            socket.Connect(new IPEndPoint(address, port));
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // It is on its way.
        }
    }

    private static bool IsRefused(Socket socket) => (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0;

    private void Drop(int index)
    {
        _tries[index]?.Dispose();
        _tries[index] = null;
    }
}
