using Pexen.Tasks.Running;

namespace Pexen.Tasks.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class LinkedPathTests
{
    [TestMethod]
    [DataRow("project/file.txt", false)]
    [DataRow("project/real/file.txt", false)]
    [DataRow("project/real/link.txt", false, DisplayName = "The file itself may be a link")]
    [DataRow("project/sw/file.txt", true)]
    [DataRow("project/sw/deep/file.txt", true)]
    [DataRow("project/real/in/file.txt", true)]
    [DataRow("beside/file.txt", false)]
    [DataRow("besideLink/file.txt", true)]
    public void WayToAFile_IsFollowedFolderByFolder(string file, bool passes)
    {
        string root = Directory.CreateTempSubdirectory("pexen-test-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "project/real"));
            Directory.CreateDirectory(Path.Combine(root, "beside"));
            Directory.CreateSymbolicLink(Path.Combine(root, "project/sw"), "../beside");
            Directory.CreateSymbolicLink(Path.Combine(root, "project/real/in"), "../../beside");
            Directory.CreateSymbolicLink(Path.Combine(root, "besideLink"), "beside");
            File.CreateSymbolicLink(Path.Combine(root, "project/real/link.txt"), "none");

            Assert.AreEqual(passes, LinkedPath.PassesLink(Path.Combine(root, "project"), Path.Combine(root, file)));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
