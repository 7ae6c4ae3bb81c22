using Pexen.Values;

namespace Pexen.Engine.Tests.Values;

[TestClass]
public sealed class InheritedFoldersTests
{
    private readonly InheritedFolders _folders = new();

    [TestMethod]
    public void NearestProvidersFolders_ComeFirstThenThoseOfTheProviderDeclaredFirst()
    {
        Write(0, [], "/far");
        Write(1, [0], "/near1a", "/near1b");
        Write(2, [], "/near2");

        Assert.AreEqual("/near1a /near1b /near2 /far", Inherit(3, [1, 2]));
    }

    [TestMethod]
    public void FolderThatComesTwice_StandsWhereItIsNearest()
    {
        Write(0, [], "/x");
        Write(1, [0], "/y");

        Assert.AreEqual("/x /y", Inherit(2, [0, 1]));
        Assert.AreEqual("/y /x", Inherit(3, [1]));
    }

    [TestMethod]
    public void UnitThatWroteNothing_HandsOnWhatItInherited()
    {
        Write(0, [], "/x");
        Write(1, [0]);

        Assert.AreEqual("/x", Inherit(2, [1]));
    }

    [TestMethod]
    public void UnitDidNotProvide_WhoCleansUpHasItsFoldersAndThoseItInherited_UntilALaterAttemptProvides()
    {
        Write(0, [], "/x");
        Inherit(1, [0]);

        _folders.Leave(1, null);
        Assert.AreEqual("/x", Inherit(2, [1, SharedValues<string>.LeftBy(1)]));

        _folders.Leave(1, ["/left"]);
        Assert.AreEqual("/left /x", Inherit(3, [1, SharedValues<string>.LeftBy(1)]));

        Write(1, [0], "/new");
        Assert.AreEqual("/new /x", Inherit(4, [1, SharedValues<string>.LeftBy(1)]));
    }

    private void Write(int unit, int[] providers, params string[] folders)
    {
        _folders.Inherit(unit, providers);
        _folders.Provide(unit, folders);
    }

    private string Inherit(int unit, int[] providers) => string.Join(' ', _folders.Inherit(unit, providers));
}
