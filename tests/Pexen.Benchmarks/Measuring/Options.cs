namespace Pexen.Benchmarks.Measuring;

/// <summary><c>--name value</c> pairs.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = [];

    public Options(IEnumerable<string> arguments)
    {
        foreach (string[] pair in arguments.Chunk(2))
        {
            if (pair is not [['-', '-', ..] name, string value])
            {
                throw new ArgumentException($"expected --name value, found {string.Join(' ', pair)}");
            }

            _values[name[2..]] = value;
        }
    }

    public string? Find(string name) => _values.GetValueOrDefault(name);

    public string Text(string name) => Find(name) ?? throw new ArgumentException($"--{name} is missing");

    public int Number(string name, int otherwise) => _values.TryGetValue(name, out string? value) ? int.Parse(value) : otherwise;
}
