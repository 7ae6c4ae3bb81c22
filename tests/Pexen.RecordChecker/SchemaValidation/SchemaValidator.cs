using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pexen.RecordChecking.SchemaValidation;

/// <summary>
/// Validates JSON against that part of JSON Schema 2020-12 which the schemas in <c>docs/schema</c> use. A keyword that it does not
/// know is an error of the schema, so that nothing is passed over in silence.
/// </summary>
public sealed class SchemaValidator
{
    private static readonly HashSet<string> Remarks = ["$schema", "$defs", "title", "description", "format"];

    private readonly JsonElement _root;
    private readonly Dictionary<string, Regex> _patterns = [];

    /// <param name="schema">The text of the schema.</param>
    public SchemaValidator(string schema) => _root = JsonDocument.Parse(schema).RootElement;

    /// <summary>All places where <paramref name="json"/> does not fit; none if it does.</summary>
    public IReadOnlyList<SchemaProblem> Validate(string json)
    {
        List<SchemaProblem> problems = [];
        try
        {
            using var document = JsonDocument.Parse(json);
            Check(document.RootElement, _root, "", problems);
        }
        catch (JsonException problem)
        {
            problems.Add(new SchemaProblem("", problem.Message));
        }

        return problems;
    }

    /// <summary>The same for each line of a file of JSON lines; the path begins with the number of the line.</summary>
    public IReadOnlyList<SchemaProblem> ValidateLines(IReadOnlyList<string> lines) =>
        [.. lines.SelectMany((line, i) => Validate(line).Select(problem => problem with { Path = $"line {i + 1} {problem.Path}" }))];

    private void Check(JsonElement value, JsonElement schema, string path, List<SchemaProblem> problems)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string? problem = keyword.Name switch
            {
                "type" => CheckType(value, keyword.Value),
                "const" => JsonElement.DeepEquals(value, keyword.Value) ? null : $"{keyword.Value} expected",
                "enum" => keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(value, allowed)) ? null : $"{value} is none of {keyword.Value}",
                "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= keyword.Value.GetDouble() ? null : $"{value} is less than {keyword.Value}",
                "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= keyword.Value.GetInt32() ? null : "the text is too short",
                "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32() ? null : "too few elements",
                "uniqueItems" => IsUnique(value) ? null : "an element is there twice",
                "pattern" => value.ValueKind != JsonValueKind.String || Pattern(keyword.Value.GetString()!).IsMatch(value.GetString()!) ? null : $"'{value}' does not match {keyword.Value}",
                "required" => CheckRequired(value, keyword.Value),
                "properties" or "additionalProperties" or "items" or "$ref" or "oneOf" => null,
                _ when Remarks.Contains(keyword.Name) => null,
                _ => throw new NotSupportedException($"the schema uses '{keyword.Name}', which this validator does not know"),
            };
            if (problem is not null)
            {
                problems.Add(new SchemaProblem(path, problem));
            }
        }

        CheckInside(value, schema, path, problems);
    }

    private void CheckInside(JsonElement value, JsonElement schema, string path, List<SchemaProblem> problems)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            Check(value, Resolve(reference.GetString()!), path, problems);
        }

        if (schema.TryGetProperty("oneOf", out JsonElement choices))
        {
            CheckOneOf(value, choices, path, problems);
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
        {
            int place = 0;
            foreach (JsonElement element in value.EnumerateArray())
            {
                Check(element, items, $"{path}/{place++}", problems);
            }
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckProperties(value, schema, path, problems);
        }
    }

    private void CheckProperties(JsonElement value, JsonElement schema, string path, List<SchemaProblem> problems)
    {
        bool hasNamed = schema.TryGetProperty("properties", out JsonElement named);
        bool hasOthers = schema.TryGetProperty("additionalProperties", out JsonElement others);
        HashSet<string> seen = [];
        foreach (JsonProperty property in value.EnumerateObject())
        {
            string place = $"{path}/{property.Name}";
            if (!seen.Add(property.Name))
            {
                problems.Add(new SchemaProblem(place, "the property is there twice"));
            }

            if (hasNamed && named.TryGetProperty(property.Name, out JsonElement own))
            {
                Check(property.Value, own, place, problems);
            }
            else if (hasOthers && others.ValueKind == JsonValueKind.False)
            {
                problems.Add(new SchemaProblem(place, "the schema has no such property"));
            }
            else if (hasOthers && others.ValueKind == JsonValueKind.Object)
            {
                Check(property.Value, others, place, problems);
            }
        }
    }

    /// <summary>Of several choices the problems of the one that comes nearest are told.</summary>
    private void CheckOneOf(JsonElement value, JsonElement choices, string path, List<SchemaProblem> problems)
    {
        List<SchemaProblem>? nearest = null;
        int matches = 0;
        foreach (JsonElement choice in choices.EnumerateArray())
        {
            List<SchemaProblem> own = [];
            Check(value, choice, path, own);
            matches += own.Count == 0 ? 1 : 0;
            nearest = nearest is null || own.Count < nearest.Count ? own : nearest;
        }

        if (matches > 1)
        {
            problems.Add(new SchemaProblem(path, "it fits more than one of the choices"));
        }
        else if (matches == 0)
        {
            problems.AddRange(nearest ?? []);
        }
    }

    private JsonElement Resolve(string reference)
    {
        const string Prefix = "#/$defs/";
        return reference.StartsWith(Prefix, StringComparison.Ordinal)
            ? _root.GetProperty("$defs").GetProperty(reference[Prefix.Length..])
            : throw new NotSupportedException($"'{reference}' is no reference inside the schema");
    }

    private Regex Pattern(string pattern)
    {
        if (!_patterns.TryGetValue(pattern, out Regex? regex))
        {
            _patterns.Add(pattern, regex = new Regex(pattern, RegexOptions.ECMAScript));
        }

        return regex;
    }

    private static string? CheckType(JsonElement value, JsonElement types)
    {
        IEnumerable<string?> names = types.ValueKind == JsonValueKind.String ? [types.GetString()] : types.EnumerateArray().Select(type => type.GetString());
        return names.Any(name => IsOfType(value, name)) ? null : $"{value.ValueKind} where {types} is right";
    }

    private static bool IsOfType(JsonElement value, string? type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new NotSupportedException($"'{type}' is no type"),
    };

    private static string? CheckRequired(JsonElement value, JsonElement names)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string[] missing = [.. names.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _))];
        return missing.Length == 0 ? null : $"missing: {string.Join(", ", missing)}";
    }

    private static bool IsUnique(JsonElement value) =>
        value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Select(element => element.GetRawText()).Distinct().Count() == value.GetArrayLength();
}
