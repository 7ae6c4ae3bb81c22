using System.Globalization;

namespace Parcel;

/// <summary>
/// A database as small as can be: a text file, an order a line. Like many a larger one it knows no locks: two writers at a time lose
/// orders, and a reader beside a writer sees half of them.
/// </summary>
internal static class OrderBook
{
    private const string Schema = "schema 3.1";

    public static string Create(string file)
    {
        File.WriteAllLines(file, [Schema]);
        return Schema;
    }

    public static string Import(string file, string orders)
    {
        List<string> lines = [.. File.ReadAllLines(file)];
        string[] added = File.ReadAllLines(orders);
        foreach (string order in added)
        {
            string[] fields = order.Split(',');
            decimal kilograms = decimal.Parse(fields[2], CultureInfo.InvariantCulture);
            decimal price = Tariff.Quote(fields[1], kilograms) ?? throw new InvalidDataException($"{orders}: no rate for {fields[1]}");
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{order},{price:0.00}"));
        }

        File.WriteAllLines(file, lines);
        return $"{added.Length} orders from {Path.GetFileName(orders)}";
    }

    public static string Report(string file)
    {
        string[][] orders = ReadOrders(file);
        decimal total = orders.Sum(order => decimal.Parse(order[3], CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"{orders.Length} orders, {total:0.00} in all");
    }

    /// <summary>Computes every price again and looks for orders that are there twice.</summary>
    public static string Audit(string file)
    {
        string[][] orders = ReadOrders(file);
        foreach (string[] order in orders)
        {
            decimal? price = Tariff.Quote(order[1], decimal.Parse(order[2], CultureInfo.InvariantCulture));
            if (price != decimal.Parse(order[3], CultureInfo.InvariantCulture))
            {
                throw new InvalidDataException($"{order[0]} has the wrong price");
            }
        }

        int different = orders.Select(order => order[0]).Distinct(StringComparer.Ordinal).Count();
        return different == orders.Length ? $"{different} different orders, every price right" : throw new InvalidDataException("an order is there twice");
    }

    private static string[][] ReadOrders(string file)
    {
        string[] lines = File.ReadAllLines(file);
        return lines is [Schema, ..] ? [.. lines.Skip(1).Select(line => line.Split(','))] : throw new InvalidDataException($"{file} is no order book of {Schema}");
    }
}
