using System.Globalization;
using Parcel;

try
{
    string answer = args switch
    {
        ["version"] => $"parcel, built from {Stamp.Commit}, {Tariff.Countries.Count()} countries",
        ["quote", string country, string weight] => Tariff.Describe(country, decimal.Parse(weight, CultureInfo.InvariantCulture)),
        ["create", string file] => OrderBook.Create(file),
        ["import", string file, string orders] => OrderBook.Import(file, orders),
        ["report", string file] => OrderBook.Report(file),
        ["audit", string file] => OrderBook.Audit(file),
        ["soak", string seconds] => Soak.Run(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))),
        ["ask", string port, string path] => await QuoteServer.AskAsync(int.Parse(port, CultureInfo.InvariantCulture), path),
        ["serve", string port] => Serve(int.Parse(port, CultureInfo.InvariantCulture)),
        _ => "parcel version | quote COUNTRY KG | create DB | import DB CSV | report DB | audit DB | soak SECONDS | serve PORT | ask PORT PATH",
    };
    Console.WriteLine(answer);
    return 0;
}
catch (Exception exception) when (exception is IOException or FormatException or InvalidDataException or System.Net.Sockets.SocketException)
{
    Console.Error.WriteLine($"parcel: {exception.Message}");
    return 1;
}

static string Serve(int port)
{
    QuoteServer.Serve(port);
    return "stopped";
}
