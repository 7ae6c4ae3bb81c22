using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using Pexen.Planning;

namespace Pexen.Tasks.Factories;

/// <summary>Reads <c>[PexenUnit]</c>, whose text is that of a project file: <c>%3B</c> is a semicolon that is meant. It is known by its full name, so that an assembly may have an attribute of its own and need none of ours.</summary>
internal static class UnitMarks
{
    private const string Namespace = "Pexen";
    private const string Name = "PexenUnitAttribute";

    public static IEnumerable<IReadOnlyDictionary<string, string>> On(MetadataReader reader, MethodDefinition method)
    {
        List<IReadOnlyDictionary<string, string>> marks = [];
        foreach (CustomAttributeHandle handle in method.GetCustomAttributes())
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (IsOurs(reader, attribute.Constructor))
            {
                marks.Add(Read(attribute));
            }
        }

        return marks;
    }

    private static Dictionary<string, string> Read(CustomAttribute attribute)
    {
        CustomAttributeValue<string> value = attribute.DecodeValue(TypeNames.Instance);
        Dictionary<string, string> metadata = new(StringComparer.OrdinalIgnoreCase);
        if (value.FixedArguments is [{ Value: string name }, ..])
        {
            metadata["Name"] = name;
        }

        foreach (CustomAttributeNamedArgument<string> property in value.NamedArguments)
        {
            if (property.Name is not null && TextOf(property.Value) is string text)
            {
                metadata[property.Name] = text;
            }
        }

        return metadata;
    }

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        ImmutableArray<CustomAttributeTypedArgument<string>> entries =>
            string.Join(';', entries.Select(entry => LiteralText.Entry(Convert.ToString(entry.Value, CultureInfo.InvariantCulture) ?? ""))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static bool IsOurs(MetadataReader reader, EntityHandle constructor)
    {
        EntityHandle type = constructor.Kind switch
        {
            HandleKind.MemberReference => reader.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default,
        };
        return type.Kind switch
        {
            HandleKind.TypeReference when reader.GetTypeReference((TypeReferenceHandle)type) is var reference => Is(reader, reference.Namespace, reference.Name),
            HandleKind.TypeDefinition when reader.GetTypeDefinition((TypeDefinitionHandle)type) is var definition => Is(reader, definition.Namespace, definition.Name),
            _ => false,
        };
    }

    private static bool Is(MetadataReader reader, StringHandle space, StringHandle name) =>
        reader.StringComparer.Equals(space, Namespace) && reader.StringComparer.Equals(name, Name);

    /// <summary>Types are not resolved: of an enumeration in an attribute of the user's own its number is taken.</summary>
    private sealed class TypeNames : ICustomAttributeTypeProvider<string>
    {
        public static TypeNames Instance { get; } = new();

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSystemType() => "System.Type";

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeReference(handle).Name);

        public string GetTypeFromSerializedName(string name) => name;

        public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

        public bool IsSystemType(string type) => type == "System.Type";
    }
}
