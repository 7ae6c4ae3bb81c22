using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parcel;

/// <summary>Answers "/quote/DE/2.5" on a port of this machine, one request after the other, until somebody stops it.</summary>
internal static class QuoteServer
{
    public static void Serve(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        listener.Start();
        while (true)
        {
            using TcpClient client = listener.AcceptTcpClient();
            using StreamReader request = new(client.GetStream());
            string path = request.ReadLine()?.Split(' ') is [_, string asked, ..] ? asked : "/";
            while (request.ReadLine() is { Length: > 0 })
            {
                // The headers are of no interest, but who leaves them unread resets the connection.
            }

            string body = Answer(path);
            client.GetStream().Write(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        }
    }

    /// <summary>Asks, and waits for a server that is still coming up.</summary>
    public static async Task<string> AskAsync(int port, string path)
    {
        using HttpClient client = new();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}{path}"));
            }
            catch (HttpRequestException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private static string Answer(string path) =>
        path.Split('/') is ["", "quote", string country, string weight] && decimal.TryParse(weight, CultureInfo.InvariantCulture, out decimal kilograms)
            ? Tariff.Describe(country, kilograms)
            : "ask for /quote/COUNTRY/KILOGRAMS";
}
