using System.Reflection;
using System.Runtime.Loader;
using System.Runtime.Versioning;

namespace Pexen.Host.Worker;

/// <summary>An assembly with methods of units, loaded with its own dependencies beside those of other assemblies and of ours.</summary>
internal sealed class UnitAssembly : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;
    private readonly string _folder;
    private readonly DateTime _written;
    private readonly long _length;

    private UnitAssembly(string path, FileInfo file)
        : base(Path.GetFileNameWithoutExtension(path))
    {
        _resolver = new AssemblyDependencyResolver(path);
        _folder = Path.GetDirectoryName(path)!;
        _written = file.LastWriteTimeUtc;
        _length = file.Length;
        Resolving += (_, name) => LoadBeside(name);
        Assembly = LoadFromAssemblyPath(path);
        RefuseOtherFramework(path);
    }

    public Assembly Assembly { get; }

    /// <summary>Methods that were called, by their names.</summary>
    public Dictionary<string, BoundMethod> Methods { get; } = [];

    /// <exception cref="CallRefusedException">It is not there, or no assembly for this runtime.</exception>
    public static UnitAssembly Load(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new CallRefusedException(Directory.Exists(path) ? $"the assembly '{path}' is a directory" : $"the assembly '{path}' does not exist; build it first");
        }

        try
        {
            return new UnitAssembly(path, file);
        }
        catch (BadImageFormatException)
        {
            throw new CallRefusedException($"'{path}' is not a .NET assembly that this processor can run");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new CallRefusedException($"the assembly '{path}' cannot be loaded: {exception.Message}");
        }
    }

    /// <summary>Whether the file has been built again since.</summary>
    public bool IsStale(string path)
    {
        var file = new FileInfo(path);
        return !file.Exists || file.LastWriteTimeUtc != _written || file.Length != _length;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _resolver.ResolveAssemblyToPath(assemblyName) is string path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is string path ? LoadUnmanagedDllFromPath(path) : 0;

    private Assembly? LoadBeside(AssemblyName name)
    {
        string path = Path.Combine(_folder, name.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private void RefuseOtherFramework(string path)
    {
        string? text = Assembly.GetCustomAttributesData()
            .FirstOrDefault(attribute => attribute.AttributeType.FullName == typeof(TargetFrameworkAttribute).FullName)?
            .ConstructorArguments.FirstOrDefault().Value as string;
        if (text is null)
        {
            return;
        }

        var framework = new FrameworkName(text);
        bool fits = framework.Identifier switch
        {
            ".NETCoreApp" => framework.Version <= new Version(Environment.Version.Major, Environment.Version.Minor),
            ".NETStandard" => true,
            _ => false,
        };
        if (!fits)
        {
            throw new CallRefusedException(
                $"the assembly '{path}' is built for {framework.Identifier} {framework.Version}, and methods run on .NET {Environment.Version.Major}.{Environment.Version.Minor}: "
                    + $"build it for net{Environment.Version.Major}.0, an older net*.0, or .NET Standard");
        }
    }
}
