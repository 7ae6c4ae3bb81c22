// A store of tables that lives as long as its process, and what is done with it.
// serve:  waits for connections on a port that is free; its dependents inherit the number.
// others: say their line to it, and print what it answers.
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

if (args[0] != "serve")
{
    int port = int.Parse(Environment.GetEnvironmentVariable("PEXEN_SHARED_PORT")!);
    using var client = new TcpClient("127.0.0.1", port);
    using var stream = client.GetStream();
    using var writer = new StreamWriter(stream) { AutoFlush = true };
    using var reader = new StreamReader(stream);
    writer.WriteLine(string.Join(' ', args));
    string answer = reader.ReadLine() ?? "no answer";
    Console.WriteLine(answer);
    return answer.StartsWith("no ") ? 1 : 0;
}

using var stop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    Console.WriteLine("the store closes");
    Environment.Exit(0);
});
var tables = new SortedSet<string>();
var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();
int free = ((IPEndPoint)listener.LocalEndpoint).Port;
File.AppendAllText(Environment.GetEnvironmentVariable("PEXEN_OUTPUT")!, $"port={free}\n");
Console.WriteLine($"listening on {free}");
while (true)
{
    using TcpClient client = await listener.AcceptTcpClientAsync();
    using var reader = new StreamReader(client.GetStream());
    using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
    string[] words = (reader.ReadLine() ?? "").Split(' ');
    writer.WriteLine(words switch
    {
        ["migrate"] => Migrate(),
        ["drop"] => $"dropped {Drop()} tables",
        ["check", var table] => tables.Contains(table) ? $"{table} is there" : $"no {table}",
        _ => "no such command",
    });
}

string Migrate()
{
    tables.UnionWith(["orders", "customers", "stock"]);
    return $"made {tables.Count} tables";
}

int Drop()
{
    int count = tables.Count;
    tables.Clear();
    return count;
}
