using Pexen.Sdk.Tests.Infrastructure;

namespace Pexen.Sdk.Tests.Matrix;

[TestClass]
public sealed class MatrixDocumentTests
{
    [TestMethod]
    public void Document_IsAsTheCodeSays()
    {
        string file = Path.Combine(Repository.Root, "docs", "matrix.md");
        if (Environment.GetEnvironmentVariable("PEXEN_WRITE_MATRIX") == "1")
        {
            File.WriteAllText(file, Documentation.Text());
        }

        Assert.AreEqual(Documentation.Text(), File.ReadAllText(file).ReplaceLineEndings("\n"), "run this test with PEXEN_WRITE_MATRIX=1");
    }

    [TestMethod]
    public void Selection_HoldsEveryPairThatIsPossible()
    {
        HashSet<(int, int, int, int)> missing = [.. Cell.Possible.SelectMany(AllPairs.Pairs)];
        missing.ExceptWith(Cell.Pairwise.SelectMany(AllPairs.Pairs));

        Assert.IsEmpty(missing);
        Assert.IsLessThan(60, Cell.Pairwise.Count, "the selection has to fit into continuous integration");
    }
}
