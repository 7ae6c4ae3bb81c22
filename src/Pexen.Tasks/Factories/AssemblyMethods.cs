using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Pexen.Tasks.Factories;

/// <summary>Reads the methods of an assembly: types by their full names in ordinal order, the methods of a type as they follow in its source.</summary>
internal static class AssemblyMethods
{
    public static IEnumerable<AssemblyMethod> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var file = new PEReader(stream);
        if (!file.HasMetadata)
        {
            throw new BadImageFormatException("It is a program of another kind, without .NET metadata.");
        }

        MetadataReader reader = file.GetMetadataReader();
        List<(string Name, List<string> Path, TypeDefinition Type)> types = [];
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            List<string> parts = [];
            string name = NameOf(reader, type, parts);
            types.Add((name, parts, type));
        }

        types.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        List<AssemblyMethod> methods = [];
        foreach ((string name, List<string> parts, TypeDefinition type) in types)
        {
            string? whyNot = WhyNotOfType(reader, type, name);
            foreach (MethodDefinitionHandle handle in type.GetMethods())
            {
                if (Describe(reader, reader.GetMethodDefinition(handle), name, parts, whyNot) is { } method)
                {
                    methods.Add(method);
                }
            }
        }

        return methods;
    }

    private static AssemblyMethod? Describe(MetadataReader reader, MethodDefinition method, string type, List<string> parts, string? whyNotOfType)
    {
        string name = reader.GetString(method.Name);
        if (name.Contains('<', StringComparison.Ordinal) || method.Attributes.HasFlag(MethodAttributes.SpecialName))
        {
            return null;
        }

        bool isPublic = (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public;
        bool isStatic = method.Attributes.HasFlag(MethodAttributes.Static);
        string? whyNot = !isPublic ? "the method is not public"
            : !isStatic ? "the method is not static"
            : method.GetGenericParameters().Count > 0 ? "the method is generic, and nothing says by what"
            : whyNotOfType;
        return new AssemblyMethod($"{type}.{name}", name, [.. parts, name], [.. UnitMarks.On(reader, method)], whyNot);
    }

    private static string NameOf(MetadataReader reader, TypeDefinition type, List<string> parts)
    {
        string own = reader.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer)
        {
            string name = NameOf(reader, reader.GetTypeDefinition(outer), parts);
            parts.Add(own);
            return $"{name}+{own}";
        }

        string space = reader.GetString(type.Namespace);
        parts.AddRange(space.Split('.', StringSplitOptions.RemoveEmptyEntries));
        parts.Add(own);
        return space.Length == 0 ? own : $"{space}.{own}";
    }

    private static string? WhyNotOfType(MetadataReader reader, TypeDefinition type, string name)
    {
        if (type.GetGenericParameters().Count > 0)
        {
            return $"the type '{name}' is generic, and nothing says by what";
        }

        for (TypeDefinition current = type; ; current = reader.GetTypeDefinition(current.GetDeclaringType()))
        {
            TypeAttributes visibility = current.Attributes & TypeAttributes.VisibilityMask;
            if (visibility == TypeAttributes.Public)
            {
                return null;
            }

            if (visibility != TypeAttributes.NestedPublic)
            {
                return $"the type '{name}' is not public";
            }
        }
    }
}
