using Pexen.Planning;

namespace Pexen.Engine.Tests.Architecture;

[TestClass]
public sealed class PexenUnitAttributeTests
{
    /// <summary>What says what is run, and exit codes: of a marked method both are settled.</summary>
    private static readonly string[] NotForMethods =
    [
        "Command", "Script", "Executable", "Method", "Assembly", "Targets", "Project", "Properties", "SuccessExitCodes", "SkipExitCodes", "ControlledExitCodes",
    ];

    /// <summary>Metadata that becomes due is to be said in an attribute as well, under the same name.</summary>
    [TestMethod]
    public void Attribute_HasAPropertyForAllMetadataThatIsDue()
    {
        string[] due = [.. Vocabulary.UnitMetadata.Where(name => name.Value).Select(name => name.Key).Except(NotForMethods).Order(StringComparer.Ordinal)];
        string[] there =
        [
            .. typeof(PexenUnitAttribute).GetProperties()
                .Where(property => property.DeclaringType == typeof(PexenUnitAttribute)).Select(property => property.Name).Order(StringComparer.Ordinal),
        ];

        CollectionAssert.AreEqual(due, there, $"due: {string.Join(' ', due.Except(there))}; too much: {string.Join(' ', there.Except(due))}");
    }
}
