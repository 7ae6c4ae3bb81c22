using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Pexen.Model;

namespace Pexen.Execution.Local;

/// <summary>
/// The strings of one launch in native memory: path, directory, argument vector, environment vector. The memory is kept for the next launch,
/// and nothing is allocated on the managed heap.
/// </summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private byte* _memory;
    private nint _capacity;
    private nint _used;

    public byte* Path { get; private set; }

    public byte* Directory { get; private set; }

    public byte** Arguments { get; private set; }

    public byte** Environment { get; private set; }

    public void Fill(string path, string directory, ImmutableArray<string> arguments, ImmutableArray<NamedValue> environment)
    {
        Reserve(Size(path, directory, arguments, environment));
        Arguments = Vector(arguments.Length + 1);
        Environment = Vector(environment.Length);
        Path = Put(path);
        Directory = Put(directory);
        Arguments[0] = Path;
        for (int i = 0; i < arguments.Length; i++)
        {
            Arguments[i + 1] = Put(arguments[i]);
        }

        for (int i = 0; i < environment.Length; i++)
        {
            Environment[i] = _memory + _used;
            Append(environment[i].Key);
            _memory[_used++] = (byte)'=';
            Put(environment[i].Value);
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        _capacity = 0;
    }

    private static nint Size(string path, string directory, ImmutableArray<string> arguments, ImmutableArray<NamedValue> environment)
    {
        // A UTF-16 unit is at most three bytes of UTF-8: a bound is enough, and cheaper than counting.
        nint characters = path.Length + directory.Length + 2;
        foreach (string argument in arguments)
        {
            characters += argument.Length + 1;
        }

        foreach (NamedValue variable in environment)
        {
            characters += variable.Key.Length + variable.Value.Length + 2;
        }

        return (characters * 3) + ((arguments.Length + environment.Length + 3) * sizeof(byte*));
    }

    private void Reserve(nint size)
    {
        _used = 0;
        if (size > _capacity)
        {
            NativeMemory.Free(_memory);
            _capacity = size * 2;
            _memory = (byte*)NativeMemory.Alloc((nuint)_capacity);
        }
    }

    private byte** Vector(int length)
    {
        var vector = (byte**)(_memory + _used);
        vector[length] = null;
        _used += (length + 1) * sizeof(byte*);
        return vector;
    }

    private byte* Put(string text)
    {
        byte* start = _memory + _used;
        Append(text);
        _memory[_used++] = 0;
        return start;
    }

    private void Append(string text)
    {
        StartException.RefuseNul(text);
        _used += Encoding.UTF8.GetBytes(text, new Span<byte>(_memory + _used, (int)Math.Min(_capacity - _used, int.MaxValue)));
    }
}
